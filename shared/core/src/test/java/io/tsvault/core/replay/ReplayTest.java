package io.tsvault.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.compare.Difference;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.target.MemoryTarget;
import io.tsvault.core.target.MemoryTarget.Fault;
import io.tsvault.core.target.Outcome.Reason;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class ReplayTest {
    private static final TimeRange HOUR = new TimeRange(0, 3_600_000);

    private final MemoryTarget target = new MemoryTarget();
    private final List<Difference> differences = new ArrayList<>();
    private final List<DeadLetter> refused = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    private static Series series(String name, long firstMs, int samples, double add) {
        Samples.Builder builder = Samples.builder();
        for (int i = 0; i < samples; i++) {
            builder.add(firstMs + (i * 15_000L), i + add);
        }
        return new Series(Labels.of("__name__", name), builder.build());
    }

    private static List<Series> hour() {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            series.add(series("m%03d".formatted(i), 0, 240, i));
        }
        return series;
    }

    private static Window window(List<Series> series) {
        return new Window(
                HOUR, List.of(StreamConfig.EVERYTHING), () -> Reading.of(series.iterator()));
    }

    private Outcome bring(List<Series> series) {
        return bring(series, true);
    }

    private Outcome bring(List<Series> series, boolean look) {
        try (Replay replay =
                new Replay(
                        target,
                        target.probe(),
                        new Replay.Surroundings(
                                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                                pauses::add,
                                new Replay.Witness(differences::add, _ -> {}, refused::add)))) {
            return replay.bring(window(series), look);
        }
    }

    @Test
    void anEmptyTargetGetsEverything() {
        Outcome outcome = bring(hour(), false);

        assertThat(outcome).isEqualTo(new Outcome(24_000, 0, 24_000, 0, 0, 0, 0));
        assertThat(target.all()).isEqualTo(hour());
        assertThat(target.writes()).isEqualTo(3); // of 41, 41 and 18 series
    }

    @Test
    void whatIsThereIsNotSentAgain() {
        bring(hour());
        int writes = target.writes();

        Outcome outcome = bring(hour());

        assertThat(outcome).isEqualTo(new Outcome(24_000, 24_000, 0, 0, 0, 0, 0));
        assertThat(target.writes()).isEqualTo(writes);
    }

    @Test
    void onlyWhatLacksIsSent() {
        target.holding(series("m000", 0, 100, 0)).holding(series("m005", 0, 240, 5));

        Outcome outcome = bring(hour());

        assertThat(outcome).isEqualTo(new Outcome(24_000, 340, 23_660, 0, 0, 0, 0));
        assertThat(target.all()).isEqualTo(hour());
    }

    @Test
    void T05_anotherValueStaysAndIsNamed() {
        target.holding(series("m001", 0, 10, 7));

        Outcome outcome = bring(hour());

        assertThat(outcome.conflicts()).isEqualTo(10);
        assertThat(outcome.isWhole()).isFalse();
        assertThat(differences)
                .containsExactly(
                        new Difference(
                                Difference.Kind.CHANGED,
                                Labels.of("__name__", "m001"),
                                0,
                                135_000,
                                10,
                                "1.0",
                                "7.0"));
    }

    @Test
    void T02_anAnswerThatWasLostIsNotSentAgain() {
        target.next(Fault.NONE, Fault.ANSWER_LOST);

        Outcome outcome = bring(hour());

        assertThat(outcome.isWhole()).isTrue();
        assertThat(target.all()).isEqualTo(hour());
        assertThat(target.writes()).isEqualTo(3);
        assertThat(pauses).contains(Duration.ofSeconds(30));
    }

    @Test
    void T07_aRequestThatWasLostIsSentOnceItIsKnown() {
        target.next(Fault.REQUEST_LOST);

        assertThat(bring(hour()).isWhole()).isTrue();
        assertThat(target.all()).isEqualTo(hour());
    }

    @Test
    void T02_afterADoubtNothingNewerIsSent() {
        target.next(Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST, Fault.REQUEST_LOST);

        assertThatThrownBy(() -> bring(hour()))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("connection reset");
        assertThat(target.writes()).isEqualTo(4);
        assertThat(target.all()).isEmpty();
    }

    @Test
    void behindAFailureNothingIsSent() {
        target.next(Fault.FORBIDDEN);

        assertThatThrownBy(() -> bring(hour()))
                .isInstanceOf(Permanent.class)
                .hasMessage("403 forbidden");
        assertThat(target.writes()).isEqualTo(1);
        assertThat(target.all()).isEmpty();
    }

    @Test
    void T01_itWaitsAsLongAsItIsAsked() {
        target.next(Fault.THROTTLED, Fault.THROTTLED);

        assertThat(bring(hour()).isWhole()).isTrue();
        assertThat(pauses).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void T09_whatWasDroppedWithAYesIsSentAgain() {
        target.next(Fault.DROPPED);

        assertThat(bring(hour()).isWhole()).isTrue();
        assertThat(target.all()).isEqualTo(hour());
    }

    @Test
    void T08_whatIsTakenAfterTwoLostRequestsIsWaitedForToo() {
        target.flushing(Duration.ofSeconds(10)).next(Fault.REQUEST_LOST, Fault.REQUEST_LOST);

        assertThat(bring(List.of(series("a", 0, 10, 0))).isWhole()).isTrue();

        Duration lost = Duration.ofSeconds(40);
        assertThat(pauses).containsExactly(lost, lost, Duration.ofSeconds(10));
    }

    @Test
    void T09_whatIsAlwaysDroppedIsNamed() {
        target.dropping(series -> series.labels().toString().contains("m042"));

        Outcome outcome = bring(hour());

        assertThat(outcome.missing()).isEqualTo(240);
        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().samples()).isEqualTo(240);
    }

    @Test
    void T12_onePoisonSampleDoesNotKeepTheOthersOut() {
        target.holding(series("m050", 3_000_000, 1, -5)); // so that what is older is out of order

        Outcome outcome = bring(hour());

        assertThat(outcome.missing()).isEqualTo(200);
        assertThat(outcome.conflicts()).isEqualTo(1);
        assertThat(outcome.written()).isEqualTo(24_000 - 201);
        assertThat(refused).hasSize(200);
        assertThat(refused).allMatch(letter -> letter.reason() == Reason.OUT_OF_ORDER);
        assertThat(refused).allMatch(letter -> letter.samples().samples().size() == 1);
    }

    @Test
    void T11_whereTheRestIsKeptOnlyThePoisonIsNamed() {
        target.keepingRest().holding(series("m050", 3_000_000, 1, -5));

        Outcome outcome = bring(hour(), false);

        assertThat(outcome.missing()).isEqualTo(200);
        assertThat(outcome.conflicts()).isEqualTo(1);
        assertThat(outcome.written()).isEqualTo(24_000 - 201);
        assertThat(refused)
                .extracting(DeadLetter::samples)
                .containsExactly(series("m050", 0, 200, 50));
    }

    @Test
    void T20_whatTheTargetHasBetweenIsCounted() {
        target.holding(series("m003", 7_000, 5, 0)).holding(series("other", 0, 9, 0));

        assertThat(bring(hour().subList(4, 5)).between()).isZero();
        Outcome outcome = bring(List.of(series("m003", 80_000, 3, 0)));

        assertThat(outcome.between()).isEqualTo(5);
    }

    @Test
    void aLongSeriesGoesInOneBatchAfterTheOther() {
        List<Series> dense = List.of(new Series(Labels.of("__name__", "m"), dense()));

        assertThat(bring(dense).isWhole()).isTrue();
        assertThat(target.writes()).isEqualTo(4);
    }

    private static Samples dense() {
        Samples.Builder builder = Samples.builder();
        for (int i = 0; i < 36_000; i++) {
            builder.add(i * 100L, i);
        }
        return builder.build();
    }
}
