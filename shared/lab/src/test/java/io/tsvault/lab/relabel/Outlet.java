package io.tsvault.lab.relabel;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tsvault.core.series.Labels;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Takes what a Prometheus sends on, by remote write 1.0, and tells it apart by the path.
final class Outlet implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 24;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Map<Integer, Labels>> received = new ConcurrentHashMap<>();

    Outlet() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
    }

    /// The labels that came to this path, by the value of the samples.
    Map<Integer, Labels> at(String path) {
        return received.computeIfAbsent("/" + path, _ -> new ConcurrentHashMap<>());
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = Snappy.decompress(exchange.getRequestBody().readAllBytes(), MOST_BYTES);
            Map<Integer, Labels> here = at(exchange.getRequestURI().getPath().substring(1));
            for (TimeSeries series : WriteRequest.parseFrom(body).getTimeseriesList()) {
                series.getSamplesList()
                        .forEach(sample -> here.put((int) sample.getValue(), labels(series)));
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private static Labels labels(TimeSeries series) {
        return Labels.ofBytes(
                series.getLabelsList().stream()
                        .flatMap(label -> Stream.of(label.getName(), label.getValue()))
                        .map(ByteString::toByteArray)
                        .toArray(byte[][]::new));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
