package io.tsvault.prometheus.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// A server whose answers a test makes by itself.
final class OwnServer implements AutoCloseable {
    static final Call CALL = Call.get("/x", Form.EMPTY).accepting("application/json");

    private final HttpServer server;

    OwnServer(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
    }

    /// Answers with these bytes, said to be JSON packed in this way.
    static HttpHandler packed(String encoding, byte[] body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    Http client(Map<String, String> environment, String... settings) {
        Map<String, String> all = new HashMap<>();
        all.put("url", "http://127.0.0.1:" + server.getAddress().getPort());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return Http.to(ServerSettings.from(all), environment, RequestSigner.NONE);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
