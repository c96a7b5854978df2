package io.tsvault.lab.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A real HTTP server that keeps what it was asked.
///
/// | path | answer |
/// |---|---|
/// | `/letters` | [#LETTERS] with a length |
/// | `/chunked` | the same in chunks |
/// | `/nothing` | 204 |
/// | `/count` | how many requests it has had, this one included |
final class Upstream implements AutoCloseable {
    /// 260 bytes: no two neighbours are alike.
    static final String LETTERS = "abcdefghijklmnopqrstuvwxyz".repeat(10);

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Semaphore deeds = new Semaphore(0);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    record Asked(String method, String target, Headers headers, String body) {}

    Upstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return asked;
    }

    /// Waits until one more request has been acted upon.
    void awaitDeed() throws InterruptedException {
        assertThat(deeds.tryAcquire(30, TimeUnit.SECONDS)).as("a request came").isTrue();
    }

    List<String> bodies() {
        return asked.stream().map(Asked::body).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String target = exchange.getRequestURI().toString();
            String method = exchange.getRequestMethod();
            asked.add(new Asked(method, target, exchange.getRequestHeaders(), body));
            deeds.release();
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            switch (exchange.getRequestURI().getPath()) {
                case "/nothing" -> exchange.sendResponseHeaders(204, -1);
                case "/chunked" -> send(exchange, 0, LETTERS);
                case "/count" -> send(exchange, 1, Integer.toString(asked.size()));
                default -> send(exchange, LETTERS.length(), LETTERS);
            }
        }
    }

    /// A length of 0 means chunks.
    private static void send(HttpExchange exchange, long length, String text) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
