package io.tsvault.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// A server that answers paths with what a test wrote down; others are not found.
final class Scripted implements AutoCloseable {
    private static final String EMPTY = "{\"resultType\":\"vector\",\"result\":[]}";

    private final Map<String, String> answers = new TreeMap<>();
    private final HttpServer server;

    Scripted() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /// One that says its version and answers queries by nothing.
    static Scripted prometheus() throws IOException {
        return new Scripted()
                .says("/api/v1/status/buildinfo", "{\"version\":\"3.5.3\"}")
                .says("/api/v1/query", EMPTY)
                .says("/api/v1/query_range", EMPTY)
                .says("/api/v1/series", "[]")
                .says("/api/v1/status/flags", "{\"query.max-samples\":\"50000000\"}");
    }

    /// Answers with this data.
    Scripted says(String path, String data) {
        return saysAll(path, "{\"status\":\"success\",\"data\":" + data + "}");
    }

    /// Answers with this body.
    Scripted saysAll(String path, String body) {
        answers.put(path, body);
        return this;
    }

    Scripted knowsNot(String path) {
        answers.remove(path);
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    PrometheusSource source() {
        return new PrometheusSource(Filled.http(uri()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            exchange.getRequestBody().readAllBytes();
            String body = answers.get(path);
            byte[] bytes = (body == null ? "404" : body).getBytes(StandardCharsets.UTF_8);
            String type = path.equals("/metrics") ? "text/plain" : "application/json";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(
                    body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
