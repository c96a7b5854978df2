package io.tsvault.lab.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Series;
import io.tsvault.wire.Snappy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/// Fills a server by remote write 1.0, in the order that a Prometheus without an out-of-order
/// window accepts: windows of at most one hour, one request at a time.
///
/// @param base address of the server; requests go to `api/v1/write` under it
public record RemoteWriteFeed(URI base) {
    /// Prometheus refuses what is older than its newest sample by more.
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /// What the server took.
    ///
    /// @param bytes compressed bodies
    public record Sent(long requests, long samples, long bytes) {
        private Sent plus(int moreSamples, int moreBytes) {
            return new Sent(requests + 1, samples + moreSamples, bytes + moreBytes);
        }
    }

    /// Takes one request after the other.
    @FunctionalInterface
    public interface Taker {
        /// Takes it, compressed.
        void take(byte[] body, int samples) throws IOException, InterruptedException;
    }

    /// Sends every sample of the fleet.
    ///
    /// @throws IOException when a request fails or is answered by anything but 2xx, with status and
    ///     body; what was sent before stays sent
    public Sent send(Fleet fleet) throws IOException, InterruptedException {
        try (HttpClient client = client()) {
            Sender sender = new Sender(client);
            requests(fleet, sender::send);
            return sender.sent;
        }
    }

    /// Sends what [#requests] has made, over one connection.
    ///
    /// @throws IOException as for a fleet
    public void send(List<byte[]> bodies) throws IOException, InterruptedException {
        try (HttpClient client = client()) {
            Sender sender = new Sender(client);
            for (byte[] body : bodies) {
                sender.send(body, 0);
            }
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /// Makes all requests for a fleet.
    public static void requests(Fleet fleet, Taker taker) throws IOException, InterruptedException {
        Filler filler = new Filler(taker);
        Iterator<Window> windows = fleet.windows(window(fleet.schedule())).iterator();
        while (windows.hasNext()) {
            filler.fill(windows.next());
        }
    }

    /// Short enough that a series has few samples to repeat its labels for, long enough to fill.
    private static Duration window(Schedule schedule) {
        Duration filled = schedule.interval().multipliedBy(WriteBatch.MAX_SAMPLES_PER_SERIES);
        return filled.compareTo(LONGEST_WINDOW) < 0 ? filled : LONGEST_WINDOW;
    }

    private URI endpoint() {
        return URI.create(base.toString().replaceFirst("/*$", "/api/v1/write"));
    }

    private static final class Filler {
        private final Taker taker;
        private final WriteBatch batch = new WriteBatch();

        Filler(Taker taker) {
            this.taker = taker;
        }

        void fill(Window window) throws IOException, InterruptedException {
            Iterator<Series> series = window.series().iterator();
            while (series.hasNext()) {
                add(series.next());
            }
            flush();
        }

        private void add(Series series) throws IOException, InterruptedException {
            int size = series.samples().size();
            int step = WriteBatch.MAX_SAMPLES_PER_SERIES;
            for (int from = 0; from < size; from += step) {
                int to = Math.min(size, from + step);
                if (!batch.hasRoomFor(to - from)) {
                    flush();
                }
                batch.add(series.labels(), series.samples(), from, to);
            }
        }

        private void flush() throws IOException, InterruptedException {
            int samples = batch.samples();
            if (samples > 0) {
                taker.take(Snappy.compress(batch.take().toByteArray()), samples);
            }
        }
    }

    private final class Sender {
        private final HttpClient client;
        private Sent sent = new Sent(0, 0, 0);

        Sender(HttpClient client) {
            this.client = client;
        }

        void send(byte[] body, int samples) throws IOException, InterruptedException {
            HttpRequest request =
                    HttpRequest.newBuilder(endpoint())
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/x-protobuf")
                            .header("Content-Encoding", "snappy")
                            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                            .header("User-Agent", "tsvault-lab")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        "%s answered %d to request %d: %s"
                                .formatted(
                                        request.uri(),
                                        answer.statusCode(),
                                        sent.requests + 1,
                                        answer.body().strip()));
            }
            sent = sent.plus(samples, body.length);
        }
    }
}
