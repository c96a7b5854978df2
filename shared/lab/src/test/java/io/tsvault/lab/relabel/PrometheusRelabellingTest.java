package io.tsvault.lab.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;

import io.tsvault.core.json.Json;
import io.tsvault.core.relabel.Relabelling;
import io.tsvault.core.series.Labels;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Every rule makes of every series what real servers make of it.
@Tag("slow")
class PrometheusRelabellingTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long SEED = 20260101;
    private static final int RANDOM_CASES = 100;

    static Stream<String> everyPrometheus() {
        return Lab.everyPrometheus().stream().map(Setup::name);
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void seriesGetTheLabelsThatPrometheusGivesThem(String name) throws Exception {
        boolean isPrometheus2 = name.startsWith("prometheus:2.");
        List<Labels> all = RuleCases.series(isPrometheus2 ? "one line" : "two\nlines");
        List<String> cases = new ArrayList<>(RuleCases.COMMON);
        if (!isPrometheus2) {
            cases.addAll(RuleCases.OF_PROMETHEUS_3);
            cases.addAll(RuleCases.random(SEED, RANDOM_CASES));
        }
        try (Outlet outlet = new Outlet();
                Server server =
                        RealServer.startOrSkip(Lab.named(name).config(config(outlet, cases)));
                HttpClient client = HttpClient.newHttpClient()) {
            write(client, server, all);
            awaitAll(client, server, dropped -> unseen(outlet, cases.size(), all.size(), dropped));
            for (int i = 0; i < cases.size(); i++) {
                assertThat(labelled(outlet.at(path(i))))
                        .as("%s, seed %d, rules %s", name, SEED, cases.get(i))
                        .isEqualTo(expected(cases.get(i), all));
            }
        }
    }

    /// Some versions send on what has no label left, though nobody takes it.
    private static Map<Integer, Labels> labelled(Map<Integer, Labels> received) {
        Map<Integer, Labels> labelled = new HashMap<>(received);
        labelled.values().removeIf(Labels.NONE::equals);
        return labelled;
    }

    private static String path(int i) {
        return "case-" + i;
    }

    /// JSON is YAML.
    private static String config(Outlet outlet, List<String> cases) {
        List<String> writers = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            writers.add(
                    """
                    {"name":%s,"url":%s,"write_relabel_configs":%s,\
                    "metadata_config":{"send":false},\
                    "queue_config":{"max_shards":1,"batch_send_deadline":"200ms"}}\
                    """
                            .formatted(
                                    Json.toString(Json.of(path(i))),
                                    Json.toString(Json.of(outlet.uri(path(i)).toString())),
                                    cases.get(i)));
        }
        return "{\"remote_write\":[" + String.join(",", writers) + "]}";
    }

    private static Map<Integer, Labels> expected(String rules, List<Labels> all) {
        Relabelling relabelling = Relabelling.of(RuleCases.rules(rules));
        Map<Integer, Labels> expected = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Optional<Labels> labels = relabelling.apply(all.get(i));
            if (labels.isPresent()) {
                expected.put(i, labels.get());
            }
        }
        return expected;
    }

    /// The value of each sample is the number of its series. Their time lies ahead: a Prometheus
    /// sends on only what is newer than the start of the sending.
    private static void write(HttpClient client, Server server, List<Labels> all) throws Exception {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        long ahead = Instant.now().plus(Duration.ofMinutes(5)).toEpochMilli();
        for (int i = 0; i < all.size(); i++) {
            TimeSeries.Builder series = request.addTimeseriesBuilder();
            Labels labels = all.get(i);
            for (int j = 0; j < labels.size(); j++) {
                series.addLabels(
                        Label.newBuilder()
                                .setName(ByteString.copyFrom(labels.nameBytes(j)))
                                .setValue(ByteString.copyFrom(labels.valueBytes(j))));
            }
            series.addSamples(Sample.newBuilder().setTimestamp(ahead).setValue(i));
        }
        byte[] body = Snappy.compress(request.build().toByteArray());
        HttpRequest post =
                HttpRequest.newBuilder(server.uri().resolve("/api/v1/write"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build();
        assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }

    /// Until each series has either come or been dropped, by the server's own count.
    private static void awaitAll(
            HttpClient client, Server server, Function<Map<String, Integer>, List<String>> unseen)
            throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        HttpRequest metrics = HttpRequest.newBuilder(server.uri().resolve("/metrics")).build();
        List<String> missing;
        do {
            String text = client.send(metrics, BodyHandlers.ofString(UTF_8)).body();
            missing = unseen.apply(dropped(text));
        } while (!missing.isEmpty() && Instant.now().isBefore(deadline));
        assertThat(missing).as("where series have neither come nor been dropped").isEmpty();
    }

    private static List<String> unseen(
            Outlet outlet, int cases, int series, Map<String, Integer> dropped) {
        return IntStream.range(0, cases)
                .mapToObj(PrometheusRelabellingTest::path)
                .filter(path -> outlet.at(path).size() + dropped.getOrDefault(path, 0) < series)
                .toList();
    }

    private static Map<String, Integer> dropped(String metrics) {
        Map<String, Integer> dropped = new HashMap<>();
        Pattern.compile(
                        "(?m)^prometheus_remote_storage_samples_dropped_total\\{.*remote_name=\"([^\"]+)\".*}"
                            + " ([0-9]+)$")
                .matcher(metrics)
                .results()
                .forEach(
                        line ->
                                dropped.merge(
                                        line.group(1),
                                        Integer.parseInt(line.group(2)),
                                        Integer::sum));
        return dropped;
    }
}
