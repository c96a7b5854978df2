package io.tsvault.aws;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that says yes to everything, and keeps what it was asked.
final class Recorder implements AutoCloseable {
    static final String BODY = "0123456789";

    /// One request, without its body.
    record Asked(String method, URI target, Map<String, List<String>> headers) {
        String header(String name) {
            return String.join(",", headers.getOrDefault(Recorder.canonical(name), List.of()));
        }
    }

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    Recorder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            asked.add(
                    new Asked(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            Map.copyOf(headers)));
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("ETag", "\"x\"");
            boolean list = exchange.getRequestURI().toString().contains("list-type=2");
            String body =
                    switch (exchange.getRequestMethod()) {
                        case "GET" -> list ? S3Reply.list(false, "").body() : BODY;
                        default -> "";
                    };
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String canonical(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
