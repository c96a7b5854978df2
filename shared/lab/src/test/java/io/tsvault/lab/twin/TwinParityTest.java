package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.twin.TwinOptions.Feature;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The same requests to the twin and to the real server of its generation: the same answers.
@Tag("slow")
class TwinParityTest {
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final String CONFIG = "global: {external_labels: {cluster: g, zone: z}}\n";
    private static final String LATE_CONFIG =
            "storage: {tsdb: {out_of_order_time_window: 2h}}\n" + CONFIG;

    private final Scripts scripts =
            new Scripts(Instant.now().truncatedTo(ChronoUnit.SECONDS).toEpochMilli());

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesSamplesInOrder(Generation generation) throws Exception {
        compare(
                real(generation).config(CONFIG),
                options(generation),
                List.of(
                        scripts.order(),
                        scripts.names(),
                        scripts.queries(),
                        scripts.floats(),
                        scripts.reads(),
                        scripts.routes(),
                        scripts.write2s(),
                        scripts.future()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesLateSamples(Generation generation) throws Exception {
        compare(
                real(generation).config(LATE_CONFIG),
                options(generation).outOfOrder(WINDOW),
                List.of(scripts.late()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDeletes(Generation generation) throws Exception {
        compare(
                real(generation).config(LATE_CONFIG),
                options(generation).outOfOrder(WINDOW),
                List.of(scripts.deletes()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesHistograms(Generation generation) throws Exception {
        compare(
                real(generation).config(CONFIG),
                options(generation),
                List.of(scripts.histograms()));
    }

    private static Setup real(Generation generation) {
        return Lab.prometheus(generation.version().replaceAll("\\.\\d+$", ""));
    }

    private static TwinOptions options(Generation generation) {
        return TwinOptions.of(generation)
                .with(Feature.ADMIN_API)
                .externalLabels(Labels.of("cluster", "g", "zone", "z"));
    }

    private static void compare(Setup setup, TwinOptions options, List<List<Step>> stories)
            throws Exception {
        try (Server real = RealServer.startOrSkip(setup);
                Twin twin = Twin.of(options);
                HttpClient client = HttpClient.newHttpClient()) {
            SoftAssertions same = new SoftAssertions();
            for (Step step : stories.stream().flatMap(List::stream).toList()) {
                same.assertThat(new Transcript(client, twin.uri()).of(step))
                        .as(step.name())
                        .isEqualTo(new Transcript(client, base(real)).of(step));
            }
            same.assertAll();
        }
    }

    private static URI base(Server server) {
        return URI.create(server.uri().toString().replaceAll("/$", ""));
    }
}
