package io.tsvault.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real server, a child of this JVM that listens on 127.0.0.1 only and never outlives it. Steered
/// by one thread.
///
/// [#close()] ends it and removes what it has written, except data in a folder of its own.
public final class Server implements AutoCloseable {
    /// The access key of every S3 server of the lab.
    public static final String S3_ACCESS_KEY = "tsvault-lab";

    /// The secret key of every S3 server of the lab: a word for the loopback, no secret.
    public static final String S3_SECRET_KEY = "tsvault-lab-loopback";

    private static final int PORTS_TO_TRY = 5;
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 20;
    private static final long POLL_MS = 20;

    private final Launch launch;
    private final Place place;
    private Leash leash;

    private Server(Launch launch, Place place, Leash leash) {
        this.launch = launch;
        this.place = place;
        this.leash = leash;
    }

    static Server start(Launch launch, Optional<Integer> port) throws IOException {
        Optional<String> obstacle = port.flatMap(Listener::obstacle);
        if (obstacle.isPresent()) {
            throw new StartFailed(
                    "port %d of 127.0.0.1 %s; choose another one, or none to get a free one"
                            .formatted(port.get(), obstacle.get()));
        }
        for (int attempt = 1; ; attempt++) {
            Place place = launch.at(port.isPresent() ? port.get() : Listener.freePort());
            Server server = new Server(launch, place, launch.start(place));
            if (server.comesUp()) {
                return server;
            }
            server.kill();
            boolean lostTheRace = launch.tail().contains("address already in use");
            if (port.isPresent() || !lostTheRace || attempt == PORTS_TO_TRY) {
                throw server.failed();
            }
        }
    }

    /// Where it answers: `http://127.0.0.1:port`.
    public URI uri() {
        return place.uri();
    }

    /// The version that it says it is.
    public String version() {
        return launch.program().version();
    }

    /// Its process.
    public long pid() {
        return leash.process().pid();
    }

    /// Everything it has printed since its first start.
    public Path log() {
        return launch.log();
    }

    /// Where it keeps its data.
    public Path data() {
        return place.data();
    }

    /// The last lines of [#log()].
    public String tail() {
        return launch.tail();
    }

    /// Waits until its process ends, for whatever reason.
    public void awaitEnd() throws InterruptedException {
        int _ = leash.process().waitFor();
    }

    /// Does its process run?
    public boolean isAlive() {
        return leash.process().isAlive();
    }

    /// Ends it as a power cut would: `kill -9`.
    public void kill() {
        leash.kill();
        endsWithin(STOP_SECONDS);
    }

    /// Asks it to end and lets it save what it has; after 20 s it is killed.
    public void stop() {
        List<ProcessHandle> children = leash.process().descendants().toList();
        resume();
        if (!leash.askToEnd() || !endsWithin(STOP_SECONDS)) {
            kill();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /// Starts it again on the same data and the same port, once it has ended.
    ///
    /// @throws StartFailed when it does not come up
    public void restart() {
        if (isAlive()) {
            throw new IllegalStateException(this + " still runs; stop or kill it first");
        }
        try {
            leash = launch.start(place);
            if (!comesUp()) {
                kill();
                throw failed();
            }
        } catch (IOException e) {
            throw new StartFailed(this + " could not be started again: " + Reason.of(e), e);
        }
    }

    /// Freezes it: connections stay open and nothing answers.
    public void pause() {
        signal("STOP");
    }

    /// Lets it go on after [#pause()].
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            leash.signal(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until it answers that it is ready, on a port that its own process holds.
    private boolean comesUp() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (isAlive() && System.nanoTime() < deadline) {
            if (holdsItsPort() && isReady()) {
                return true;
            }
            endsWithin(0);
        }
        return false;
    }

    /// It, or a child of it where the program is a wrapper.
    private boolean holdsItsPort() throws IOException {
        Process process = leash.process();
        for (ProcessHandle each :
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
            if (Listener.isHeldBy(each.pid(), place.port())) {
                return true;
            }
        }
        return false;
    }

    private boolean isReady() {
        try {
            URI ready = uri().resolve(launch.program().product().readyPath());
            HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(1_000);
            try {
                return connection.getResponseCode() / 100 == 2;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false; // not yet; the caller asks again until its deadline
        }
    }

    private boolean endsWithin(long seconds) {
        try {
            return leash.process().waitFor(seconds * 1_000 + POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            leash.kill();
            Thread.currentThread().interrupt();
            throw new StartFailed(this + ": interrupted while waiting for it", e);
        }
    }

    private StartFailed failed() {
        return new StartFailed(
                "%s did not become ready on port %d; its log ends:\n%s"
                        .formatted(launch.program(), place.port(), launch.tail()));
    }

    /// Ends it. Data in a folder of its own stays, and the server is given time to save it.
    @Override
    public void close() {
        if (launch.ownsItsData()) {
            kill();
        } else if (isAlive()) {
            stop();
        }
        try {
            Cache.delete(launch.folder());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clean up after " + this, e);
        }
    }

    /// For people: product, version, address.
    @Override
    public String toString() {
        return launch.program().product().label() + " " + version() + " at " + uri();
    }
}
