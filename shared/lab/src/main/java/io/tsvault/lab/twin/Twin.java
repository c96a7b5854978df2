package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// A Prometheus inside this JVM, on a free port of the loopback interface, with an empty head.
///
/// Each request has its virtual thread while it is read and answered, but only one at a time is
/// worked on.
public final class Twin implements AutoCloseable {
    /// What tells a twin from a real server: the branch of its build information, and its `Server`
    /// header.
    public static final String MARK = "tsvault-twin";

    private final TwinOptions options;
    private final Router router;
    private final Lock oneAtATime = new ReentrantLock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private Twin(TwinOptions options) {
        this.options = options;
        this.router = new Router(options);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            threads.close();
            throw new UncheckedIOException("no free port on the loopback interface", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /// Starts a twin of this generation, set up as [TwinOptions#of] says.
    public static Twin of(Generation generation) {
        return of(TwinOptions.of(generation));
    }

    /// Starts a twin.
    public static Twin of(TwinOptions options) {
        return new Twin(options);
    }

    /// Where it listens, without a path.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Server", MARK);
            Reply reply = answer(request(exchange, body(exchange.getRequestBody())));
            if (reply.status() != Reply.HANG_UP.status()) {
                send(reply, exchange);
            }
        }
    }

    /// What is longer than a permitted block can be is cut, and then found damaged.
    private static byte[] body(InputStream sent) throws IOException {
        byte[] body = sent.readNBytes(ProtoBlock.MAX_PACKED_BYTES);
        sent.transferTo(OutputStream.nullOutputStream());
        return body;
    }

    private static Request request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.getFirst()));
        String query = exchange.getRequestURI().getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                ByteString.copyFrom(body));
    }

    private Reply answer(Request request) {
        oneAtATime.lock();
        try {
            return router.answer(request);
        } finally {
            oneAtATime.unlock();
        }
    }

    private static void send(Reply reply, HttpExchange exchange) throws IOException {
        reply.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().put(name, List.of(value)));
        boolean isBare = reply.body().isEmpty() || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), isBare ? -1 : reply.body().size());
        if (!isBare) {
            reply.body().writeTo(exchange.getResponseBody());
        }
    }

    /// Closes the port and every connection; no thread remains.
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    @Override
    public String toString() {
        return MARK + " of Prometheus " + options.generation().version() + " at " + uri();
    }
}
