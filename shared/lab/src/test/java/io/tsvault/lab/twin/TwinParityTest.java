package io.tsvault.lab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.twin.TwinOptions.Feature;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The same requests to the twin and to the real server of its generation: the same answers.
@Tag("slow")
class TwinParityTest {
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final String CONFIG = "global: {external_labels: {cluster: g, zone: z}}\n";
    private static final String LATE_CONFIG =
            "storage: {tsdb: {out_of_order_time_window: 2h}}\n" + CONFIG;

    private final long now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
    private final OrderScripts order = new OrderScripts(now);
    private final WireScripts wire = new WireScripts(now);
    private final QueryScripts query = new QueryScripts(now);

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesSamplesInOrder(Generation generation) throws Exception {
        compare(
                real(generation).config(CONFIG),
                options(generation),
                List.of(
                        order.order(),
                        wire.names(),
                        query.queries(),
                        query.floats(),
                        wire.reads(),
                        wire.routes(),
                        wire.write2s(),
                        order.future()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesLateSamples(Generation generation) throws Exception {
        compare(
                real(generation).config(LATE_CONFIG),
                options(generation).outOfOrder(WINDOW),
                List.of(order.late()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDeletes(Generation generation) throws Exception {
        compare(
                real(generation).config(LATE_CONFIG),
                options(generation).outOfOrder(WINDOW),
                List.of(order.deletes()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatTakesHistograms(Generation generation) throws Exception {
        compare(real(generation).config(CONFIG), options(generation), List.of(wire.histograms()));
    }

    /// So that 110 minutes lie in one block: where a chunk of the head ends between two values for
    /// one instant, Prometheus 2.x streams the other one. The twin cuts no chunks by time.
    private long insideOneBlock() {
        long block = Duration.ofHours(2).toMillis();
        return now - now % block - Duration.ofMinutes(10).toMillis();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatHoldsTwoValuesForOneInstant(Generation generation) throws Exception {
        compare(
                real(generation).config(LATE_CONFIG),
                options(generation).outOfOrder(WINDOW),
                List.of(new OrderScripts(insideOneBlock()).conflicts()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatCutsLongSeriesIntoChunks(Generation generation) throws Exception {
        compare(real(generation).config(CONFIG), options(generation), List.of(order.chunks()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRefusesWhatItNeedNotTake(Generation generation) throws Exception {
        Setup setup =
                real(generation)
                        .without("--enable-feature")
                        .without("--web.remote-write-receiver")
                        .without("--web.enable-admin-api");
        if (generation == Generation.V3_5) {
            setup =
                    setup.flag(
                            "--web.remote-write-receiver.accepted-protobuf-messages=prometheus.WriteRequest");
        }
        TwinOptions strict =
                TwinOptions.of(generation)
                        .without(Feature.WRITE_2)
                        .without(Feature.NATIVE_HISTOGRAMS);
        compare(setup, strict, List.of(wire.refusals()));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotReceive(Generation generation) throws Exception {
        compare(
                real(generation).without("--web.enable-remote-write-receiver"),
                TwinOptions.of(generation).without(Feature.RECEIVER),
                List.of(wire.refusals().subList(0, 3)));
    }

    /// What both report of themselves, as far as the twin reports it.
    @ParameterizedTest
    @EnumSource
    void aServerThatIsAskedAboutItself(Generation generation) throws Exception {
        Setup setup = real(generation).config(LATE_CONFIG);
        try (Server real = RealServer.startOrSkip(setup);
                Twin twin = Twin.of(options(generation).outOfOrder(WINDOW));
                HttpClient client = HttpClient.newHttpClient()) {
            Transcript ours = new Transcript(client, twin.uri());
            Transcript theirs = new Transcript(client, base(real));
            Step stats = Step.get("/api/v1/status/tsdb");
            assertThat(headStats(ours.of(stats))).isEqualTo(headStats(theirs.of(stats)));
            for (Step step : order.late()) {
                ours.of(step);
                theirs.of(step);
            }
            assertThat(headStats(ours.of(stats))).isEqualTo(headStats(theirs.of(stats)));
            Step flags = Step.get("/api/v1/status/flags");
            assertThat(settings(theirs.of(flags))).containsAll(settings(ours.of(flags)));
            Step config = Step.get("/api/v1/status/config");
            assertThat(lines(theirs.of(config))).containsAll(lines(ours.of(config)));
        }
    }

    /// A real server counts label pairs only every 30 s.
    private static List<String> headStats(String json) {
        return found("\"(numSeries|minTime|maxTime)\":-?\\d+", json);
    }

    /// Both were told different retention and experimental features.
    private static List<String> settings(String json) {
        return found("\"(query|storage|web)[^\"]*\":\"[^\"]*\"", json).stream()
                .filter(setting -> !setting.contains("retention.time"))
                .toList();
    }

    private static List<String> lines(String json) {
        return found("[a-z_]+: [^\\\\]+", json);
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void aServerThatUnpacksNoMoreThanItMust() throws Exception {
        compare(real(Generation.V3_5), TwinOptions.of(Generation.V3_5), List.of(wire.bombs()));
    }

    private static Setup real(Generation generation) {
        return Lab.prometheus(name(generation));
    }

    /// How the lab calls it: `3.5`.
    static String name(Generation generation) {
        return generation.version().replaceAll("\\.\\d+$", "");
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

    static URI base(Server server) {
        return URI.create(server.uri().toString().replaceAll("/$", ""));
    }
}
