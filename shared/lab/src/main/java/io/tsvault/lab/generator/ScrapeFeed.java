package io.tsvault.lab.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A scrape endpoint that shows a whole fleet as it is now, on any clock: with a [FastClock], a
/// Prometheus that scrapes it sees a day pass in minutes.
///
/// The samples carry `job` and `instance`, so scrape it with `honor_labels: true`. They carry no
/// timestamps, so Prometheus gives them the time of its own scrape.
public final class ScrapeFeed implements AutoCloseable {
    private static final String PATH = "/metrics";

    private final NewestSamples newest;
    private final InstantSource clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ScrapeFeed(Fleet fleet, InstantSource clock, HttpServer server) {
        this.newest = new NewestSamples(fleet);
        this.clock = clock;
        this.server = server;
    }

    /// Opens it on a free port of 127.0.0.1.
    ///
    /// @param clock the time of the fleet: before its start nothing is shown, behind its end the
    ///     last values
    public static ScrapeFeed open(Fleet fleet, InstantSource clock) throws IOException {
        InetAddress local = InetAddress.ofLiteral("127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(local, 0), 0);
        ScrapeFeed feed = new ScrapeFeed(fleet, clock, server);
        server.createContext("/", feed::answer);
        server.setExecutor(feed.threads);
        server.start();
        return feed;
    }

    /// What to scrape.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] text = newest.textAt(clock.instant()).getBytes(UTF_8);
                exchange.getResponseHeaders()
                        .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
            }
        }
    }

    /// Stops at once; waits for its threads.
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
