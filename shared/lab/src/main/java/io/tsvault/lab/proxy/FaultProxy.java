package io.tsvault.lab.proxy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Listens on a free port of 127.0.0.1, passes every request to one server, and does to each
/// exchange what its script says.
///
/// A request that is not HTTP, or whose head is longer than 64 KiB, is refused with 400 or 431 and
/// is no exchange; a server that cannot be reached, or answers such, gives 502 and a word in
/// [Exchange#trouble].
public final class FaultProxy implements AutoCloseable {
    private final URI upstream;
    private final Script script;
    private final Port port;
    private final List<Track> tracks = new ArrayList<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("fault-proxy-", 0).factory());

    private FaultProxy(URI upstream, Script script) throws IOException {
        this.upstream = upstream;
        this.script = script;
        this.port = new Port(threads, this::welcome);
    }

    /// Starts a proxy in front of this server.
    ///
    /// @param upstream `http://host:port`
    public static FaultProxy to(URI upstream, Script script) {
        Wire.requireServer(upstream);
        try {
            return new FaultProxy(upstream, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where clients go instead of to the server: `http://127.0.0.1:port`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port.number());
    }

    /// What happened so far, in order of arrival, with the exchanges that still run.
    public List<Exchange> seen() {
        synchronized (tracks) {
            return tracks.stream().map(Track::snapshot).toList();
        }
    }

    /// Closes all connections and refuses new ones, as a server that is not running.
    public synchronized void down() {
        try {
            port.refuse();
            closeClients();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Listens again, after [#down], on the same port.
    public synchronized void up() {
        try {
            port.listen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends all connections, held exchanges too, and waits for all threads.
    ///
    /// @throws IllegalStateException when the script, or the proxy itself, threw
    @Override
    public synchronized void close() {
        try (threads) {
            port.close();
            threads.shutdownNow();
            closeClients();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Throwable cause = defect.get();
        if (cause != null) {
            throw new IllegalStateException("a script or the proxy failed", cause);
        }
    }

    /// One line for each exchange, for the message of a failed test.
    @Override
    public String toString() {
        return seen().stream()
                .map(exchange -> "\n  " + exchange)
                .collect(Collectors.joining("", uri() + " in front of " + upstream, ""));
    }

    URI upstream() {
        return upstream;
    }

    ExecutorService threads() {
        return threads;
    }

    /// Gives a request its number and its fault.
    Track arrive(Head head) {
        synchronized (tracks) {
            Request request = new Request(tracks.size() + 1, head.method(), head.target());
            Track track = new Track(request, script.fault(request));
            tracks.add(track);
            return track;
        }
    }

    private void welcome(Socket socket) {
        clients.add(socket);
        threads.execute(() -> converse(socket));
    }

    private void converse(Socket socket) {
        try {
            new Conversation(this, Wire.ofClient(socket)).hold();
        } catch (IOException | RuntimeException | Error e) {
            judge(e); // while the client still waits: it may close this proxy next
        } finally {
            leave(socket);
        }
    }

    private void leave(Socket socket) {
        try (socket) {
            clients.remove(socket);
        } catch (IOException e) {
            judge(e);
        }
    }

    /// That one side leaves is what this proxy is for, and that threads end is what closing is for.
    private void judge(Throwable end) {
        if (!(end instanceof Broken) && !threads.isShutdown()) {
            defect.compareAndSet(null, end);
        }
    }

    private void closeClients() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }
}
