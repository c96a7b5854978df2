package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

class ScrapeFeedTest {
    /// With this seed a pod is replaced.
    private static final Fleet FLEET =
            new Fleet(
                    Recipe.PUBLIC_2,
                    43,
                    10,
                    new Schedule(START, Duration.ofSeconds(15), Duration.ofMinutes(10)));

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Test
    void aScrapeShowsTheNewestSampleOfEverySeriesThatIsNotStale() throws Exception {
        try (ScrapeFeed feed = ScrapeFeed.open(FLEET, now::get)) {
            for (int minutes : new int[] {1, 7, 7, 3, 60}) {
                now.set(START.plus(Duration.ofMinutes(minutes)));
                HttpResponse<String> answer = get(feed.uri(), "GET");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type"))
                        .hasValue("text/plain; version=0.0.4; charset=utf-8");
                assertThat(parsed(answer.body())).isEqualTo(newest(now.get()));
            }
        }
    }

    @Test
    void nothingIsShownBeforeTheStart() throws Exception {
        try (ScrapeFeed feed = ScrapeFeed.open(FLEET, () -> START.minusSeconds(10))) {
            HttpResponse<String> answer = get(feed.uri(), "GET");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void aSampleIsSeenFromItsMillisecondOn() throws Exception {
        Selector first = Selector.parse("up{instance='10.0.0.0:9100', job='node'}");
        long timestampMs = FLEET.series(first).findFirst().orElseThrow().samples().timestampMs(0);
        NewestSamples newest = new NewestSamples(FLEET);
        String line = "up{env=\"prod\",instance=\"10.0.0.0:9100\",job=\"node\"";
        assertThat(newest.textAt(Instant.ofEpochMilli(timestampMs - 1))).doesNotContain(line);
        assertThat(newest.textAt(Instant.ofEpochMilli(timestampMs))).contains(line);
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        try (ScrapeFeed feed = ScrapeFeed.open(FLEET, now::get)) {
            URI other = feed.uri().resolve("/metrics/x");
            assertThat(get(other, "GET").statusCode()).isEqualTo(404);
            assertThat(get(feed.uri(), "DELETE").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void nothingListensAfterClose() throws Exception {
        ScrapeFeed feed = ScrapeFeed.open(FLEET, now::get);
        feed.close();
        assertThatThrownBy(() -> get(feed.uri(), "GET")).isInstanceOf(IOException.class);
    }

    @Test
    void aFastClockRunsAsManyTimesFasterAsItIsTold() {
        Instant realStart = Instant.parse("2030-01-01T00:00:00Z");
        InstantSource real = now::get;
        FastClock clock = new FastClock(real, realStart, START, 60);
        now.set(realStart);
        assertThat(clock.instant()).isEqualTo(START);
        now.set(realStart.plusMillis(1500));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
        assertThatThrownBy(() -> FastClock.startingAt(START, 0)).hasMessageContaining("speed 0");
    }

    private static HttpResponse<String> get(URI uri, String method)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static Map<Labels, Double> newest(Instant now) {
        Map<Labels, Double> values = new TreeMap<>();
        FLEET.series()
                .forEach(
                        series -> {
                            Samples samples = series.samples();
                            int i = samples.size() - 1;
                            while (i >= 0 && samples.timestampMs(i) > now.toEpochMilli()) {
                                i--;
                            }
                            if (i >= 0 && samples.valueBits(i) != Samples.STALE_MARKER) {
                                values.put(series.labels(), samples.value(i));
                            }
                        });
        return values;
    }

    /// The recipes' labels hold nothing that needs an escape.
    private static Map<Labels, Double> parsed(String text) {
        Map<Labels, Double> values = new TreeMap<>();
        text.lines()
                .forEach(
                        line -> {
                            String metric = line.substring(0, line.indexOf('{'));
                            String[] fields =
                                    line.substring(line.indexOf('{') + 1).split("=\"|\",|\"} ", -1);
                            String[] labels = new String[fields.length + 1];
                            System.arraycopy(fields, 0, labels, 0, fields.length - 1);
                            labels[fields.length - 1] = Labels.METRIC_NAME;
                            labels[fields.length] = metric;
                            values.put(
                                    Labels.of(labels),
                                    Double.parseDouble(fields[fields.length - 1]));
                        });
        return values;
    }
}
