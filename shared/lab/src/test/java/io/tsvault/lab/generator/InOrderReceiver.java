package io.tsvault.lab.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A remote write receiver with the rules of a Prometheus without an out-of-order window: each
/// series in time order, nothing an hour older than the newest sample of all. What breaks a rule is
/// kept as a complaint.
final class InOrderReceiver implements AutoCloseable {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Labels, Samples.Builder> series = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private long newestMs;
    private long bytes;
    private int status = 204;
    private String refusal = "";

    InOrderReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::receive);
        server.setExecutor(threads);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void refuseWith(int newStatus, String body) {
        status = newStatus;
        refusal = body;
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    synchronized List<String> paths() {
        return List.copyOf(paths);
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized List<Series> series() {
        List<Series> all = new ArrayList<>();
        series.forEach((labels, samples) -> all.add(new Series(labels, samples.build())));
        return all;
    }

    private synchronized void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().getPath());
            bytes += body.length;
            checkHeaders(exchange.getRequestHeaders());
            WriteRequest request = WriteRequest.parseFrom(Snappy.decompress(body, 1 << 24));
            int samples = request.getTimeseriesList().stream().mapToInt(this::append).sum();
            require(samples <= 10_000, samples + " samples in one request");
            byte[] answer = refusal.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void checkHeaders(Headers headers) {
        Map.of(
                        "Content-Type", "application/x-protobuf",
                        "Content-Encoding", "snappy",
                        "X-Prometheus-Remote-Write-Version", "0.1.0",
                        "User-Agent", "tsvault-lab")
                .forEach(
                        (name, value) ->
                                require(
                                        value.equals(headers.getFirst(name)),
                                        name + ": " + headers.get(name)));
    }

    private int append(TimeSeries piece) {
        byte[][] flat =
                piece.getLabelsList().stream()
                        .flatMap(label -> List.of(label.getName(), label.getValue()).stream())
                        .map(ByteString::toByteArray)
                        .toArray(byte[][]::new);
        Labels labels = Labels.ofBytes(flat);
        require(piece.getSamplesCount() <= 240, labels + ": " + piece.getSamplesCount());
        Samples.Builder samples = series.computeIfAbsent(labels, any -> Samples.builder());
        for (Sample sample : piece.getSamplesList()) {
            long timestampMs = sample.getTimestamp();
            require(timestampMs >= newestMs - HOUR_MS, labels + ": out of bounds " + timestampMs);
            newestMs = Math.max(newestMs, timestampMs);
            samples.addBits(timestampMs, Double.doubleToRawLongBits(sample.getValue()));
        }
        return piece.getSamplesCount();
    }

    private void require(boolean holds, String complaint) {
        if (!holds) {
            complaints.add(complaint);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
