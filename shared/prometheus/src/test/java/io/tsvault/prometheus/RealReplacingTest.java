package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What becomes of samples that are deleted and written anew, as `Replaceable` has it.
@Tag("slow")
class RealReplacingTest {
    private static final long MINUTE_MS = 60_000;
    private static final Labels NAME = Labels.of("__name__", "a");

    /// A server, and a time within its last hour.
    private static final class Bench implements AutoCloseable {
        private final Server server;
        private final PrometheusTarget target;
        private final long startMs;

        Bench(String version, Duration window) {
            server = RealServer.startOrSkip(Lab.prometheus(version).outOfOrder(window));
            target = PrometheusTarget.open(() -> Filled.http(server.uri()));
            long nowMs = target.probe().clock().toEpochMilli();
            long hourMs = Duration.ofHours(2).toMillis();
            long recentMs = nowMs - (50 * MINUTE_MS);
            // within one window of two hours, so that it can be read at once
            startMs = Math.max(recentMs, Math.floorDiv(nowMs - (30 * MINUTE_MS), hourMs) * hourMs);
        }

        Outcome write(int from, int to, double add) {
            Samples.Builder samples = Samples.builder();
            for (int i = from; i <= to; i++) {
                samples.add(startMs + (i * MINUTE_MS), i + add);
            }
            return target.write(List.of(new Series(NAME, samples.build())));
        }

        void delete(int from, int to) {
            Selector selector =
                    Selector.of(List.of(new Matcher(Op.EQUAL, Labels.METRIC_NAME, "a")));
            target.delete(
                    selector,
                    new TimeRange(startMs + (from * MINUTE_MS), startMs + (to * MINUTE_MS) + 1));
        }

        List<Double> values() {
            List<Double> values = new ArrayList<>();
            TimeRange range = new TimeRange(startMs, startMs + (10 * MINUTE_MS));
            try (Source source = target.readBack();
                    Reading reading =
                            new Intake(source, target.readMode().orElseThrow(), Intake.EVERYTHING)
                                    .read(
                                            List.of(
                                                    Selector.of(
                                                            List.of(
                                                                    new Matcher(
                                                                            Op.EQUAL,
                                                                            Labels.METRIC_NAME,
                                                                            "a")))),
                                            range)) {
                reading.forEachRemaining(
                        series -> {
                            for (int i = 0; i < series.samples().size(); i++) {
                                values.add(series.samples().value(i));
                            }
                        });
            }
            return values;
        }

        @Override
        public void close() {
            target.close();
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void withoutAWindowADeletionIsForGood(String version) {
        try (Bench bench = new Bench(version, Duration.ZERO)) {
            assertThat(bench.write(0, 5, 0)).isEqualTo(new Stored());
            bench.delete(2, 5);

            assertThat(bench.values()).containsExactly(0.0, 1.0);
            assertThat(bench.write(2, 4, 100)).isInstanceOf(Refused.class);
            assertThat(bench.write(5, 5, 100)).isInstanceOf(Refused.class);
            assertThat(bench.values()).containsExactly(0.0, 1.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53"})
    void prometheus2ShowsAnewWhatWasDeletedInMemoryButForTheNewest(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(0, 5, 0);
            bench.delete(2, 5);

            assertThat(bench.write(2, 4, 100)).isEqualTo(new Stored());
            assertThat(bench.write(5, 5, 100)).isInstanceOf(Refused.class);
            assertThat(bench.values()).containsExactly(0.0, 1.0, 102.0, 103.0, 104.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "3.5")
    void prometheus3HidesWhatIsWrittenWhereItDeletedInMemory(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(0, 5, 0);
            bench.delete(2, 3);

            assertThat(bench.write(2, 3, 100)).isEqualTo(new Stored());
            assertThat(bench.values()).containsExactly(0.0, 1.0, 4.0, 5.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void whatCameOutOfOrderIsNotDeletedThoughItIsSaid(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(9, 9, 0);
            bench.write(0, 3, 0);
            bench.delete(1, 2);

            assertThat(bench.values()).containsExactly(0.0, 1.0, 2.0, 3.0, 9.0);
        }
    }

    /// So nothing is sent where another value may be, without a look.
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void T18_whatComesOutOfOrderTakesThePlaceOfWhatCameInOrder(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(0, 5, 0);

            assertThat(bench.write(2, 3, 100)).isEqualTo(new Stored());
            assertThat(bench.values()).containsExactly(0.0, 1.0, 102.0, 103.0, 4.0, 5.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void T18_whatComesOutOfOrderStaysWhereMoreOfThatComes(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(9, 9, 0);
            bench.write(0, 3, 0);

            bench.write(1, 2, 100);
            assertThat(bench.values()).containsExactly(0.0, 1.0, 2.0, 3.0, 9.0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.53", "3.5"})
    void T18_itSaysWhetherSamplesAreInMemoryThatCameOutOfOrder(String version) {
        try (Bench bench = new Bench(version, Duration.ofHours(6))) {
            bench.write(5, 9, 0);
            assertThat(bench.target.probe().holdsLate()).isFalse();

            bench.write(0, 3, 0);
            assertThat(bench.target.probe().holdsLate()).isTrue();
        }
    }
}
