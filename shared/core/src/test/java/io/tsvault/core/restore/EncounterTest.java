package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.labels;
import static io.tsvault.core.restore.Scene.series;
import static io.tsvault.core.restore.Scene.three;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Preview.Metric;
import io.tsvault.core.restore.Preview.Some;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.MemoryTarget.Fault;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.key.JobFile.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a restore meets in its target, what it decides, and what it keeps as evidence.
class EncounterTest {
    private static final String UNCHECKED = "\"overlap\": \"unchecked\"";
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
    private static final String BACKUP_FIRST = "\"backupFirst\": true";

    private static final Standing.Order BEHIND =
            new Standing.Order(false, Duration.ofDays(2), Duration.ofHours(1));

    private final Scene scene = new Scene();

    EncounterTest() {
        scene.target.order(Standing.Order.ANY);
    }

    /// Samples of its own of one series, a minute off ours, from an hour until now.
    private void scrapesSince(int hour) {
        long nowMs = scene.now().toEpochMilli();
        TimeRange since = new TimeRange(hour(hour).startMs() + MINUTE_MS, nowMs);
        scene.target.holding(series(labels("a", "x"), since, 5));
    }

    @Test
    void T20_aRestoreEndsBeforeTheFirstLiveSample() {
        scrapesSince(1);

        Restored restored = scene.backup(3).restore();

        assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(39, 0, 39, 0, 0, 0, 0));
        assertThat(restored.notes())
                .anyMatch(note -> note.contains("it ends before") && note.contains("69 samples"));
    }

    @Test
    void T20_theLiveEdgeIsSettledOnceAndToldAgain() {
        scrapesSince(1);
        scene.backup(3).until(scene.now());
        assertThat(scene.restore().state()).isEqualTo(State.RUNNING);
        scrapesSince(0);
        scene.until(Instant.MAX);

        Restored restored = scene.restore();

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.notes()).anyMatch(note -> note.contains("it ends before"));
        assertThat(restored.outcome().between()).isEqualTo(12);
    }

    @Test
    void T20_bothAreMixedWhenThatIsAccepted() {
        scrapesSince(1);

        Restored restored = scene.backup(3).restore("\"accept\": {\"interleave\": true}");

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome().written()).isEqualTo(108);
        assertThat(restored.outcome().between()).isEqualTo(24);
    }

    @Test
    void T20_whatIsLiveFromTheBeginningIsRefused() {
        scene.target.holding(
                series(
                        labels("a", "x"),
                        new TimeRange(hour(0).startMs() + MINUTE_MS, scene.now().toEpochMilli()),
                        5));
        String from = Instant.ofEpochMilli(hour(0).startMs() + MINUTE_MS).toString();

        Restored restored = scene.backup(1).restore("\"from\": \"%s\"".formatted(from));

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("accept.interleave");
    }

    @Test
    void whatFailWouldRefuseLaterIsNotAskedAgain() {
        scene.target.order(new Standing.Order(false, Duration.ofDays(2), Duration.ofHours(1)));
        scene.backup(2).until(scene.now());
        assertThat(scene.restore("\"overlap\": \"fail\"").state()).isEqualTo(State.RUNNING);
        scene.target.holding(series(labels("a", "x"), hour(0), 7));
        scene.until(Instant.MAX);

        Restored restored = scene.restore("\"overlap\": \"fail\"");

        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(restored.outcome()).isEqualTo(new Outcome(72, 0, 60, 12, 0, 0, 0));
    }

    @Test
    void whatIsThereIsLookedAtOnce() {
        scene.backup(6);
        three(0, 6).forEach(scene.target::holding);

        Restored restored = scene.restore();

        assertThat(restored.outcome()).isEqualTo(new Outcome(216, 216, 0, 0, 0, 0, 0));
        assertThat(scene.target.looks()).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void T05_everyConflictIsListedWithBothValues() {
        scene.target.holding(series(labels("a", "x"), hour(0), 7));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.files())
                .containsExactly("restores/" + restored.job() + "/conflicts-1.jsonl.gz");
        assertThat(Evidences.lines(scene.job(restored.job()), Kind.CONFLICTS))
                .hasSize(12)
                .first()
                .asString()
                .contains("\"backup\":\"0.0\"", "\"target\":\"7.0\"", "\"time\":\"2026-");
    }

    @Test
    void T12_whatIsNeverTakenIsKeptWithItsSamples() {
        scene.target.order(new Standing.Order(false, Duration.ZERO, Duration.ofHours(1)));
        TimeRange end = new TimeRange(hour(0).endMs() - (5 * MINUTE_MS), hour(0).endMs());
        scene.target.holding(series(labels("b", "x"), end, 1000));

        Restored restored = scene.backup(1).restore();

        Job job = scene.job(restored.job());
        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(Evidences.lines(job, Kind.REFUSED))
                .hasSize(11)
                .allMatch(line -> line.contains("\"reason\":\"OUT_OF_ORDER\""))
                .anyMatch(line -> line.contains("T00:50:00Z 1050.0"));
        assertThat(Evidences.lines(job, Kind.MISSING)).hasSize(1);
    }

    @Test
    void T27_aTargetThatCannotBeReadIsWrittenAtLeastOnce() {
        scene.backup(2).target.unreadable().next(Fault.REQUEST_LOST, Fault.ANSWER_LOST);

        Restored restored = scene.restore();

        assertThat(restored.state()).as("%s", restored).isEqualTo(State.UNVERIFIED);
        assertThat(restored.accepted()).isFalse();
        assertThat(restored.outcome()).isEqualTo(new Outcome(72, 0, 72, 0, 0, 0, 0));
        assertThat(scene.target.all()).isEqualTo(three(0, 2));
    }

    @Test
    void T27_whatIsNotProvenCanBeAccepted() {
        scene.backup(1).target.unreadable();

        Restored restored = scene.restore("\"accept\": {\"unverified\": true}");

        assertThat(restored.state()).isEqualTo(State.UNVERIFIED);
        assertThat(restored.accepted()).isTrue();
    }

    @Test
    void T27_whoCannotBeReadCannotBeHeldToFail() {
        scene.backup(1).target.unreadable();

        Restored restored = scene.restore("\"overlap\": \"fail\"");

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("cannot be read");
    }

    @Test
    void whatTheTargetHasIsBackedUpBeforeTheFirstWriteAndOnce() {
        List<TimeRange> taken = new ArrayList<>();
        scene.backup(3)
                .careful(
                        (_, range) -> {
                            assertThat(scene.target.writes()).isZero();
                            taken.add(range);
                            return "before";
                        })
                .watched(new Slow())
                .until(scene.now().plus(Duration.ofSeconds(20)));
        scene.target.order(new Standing.Order(false, Duration.ZERO, Duration.ofHours(1)));

        assertThat(scene.restore(BACKUP_FIRST).state()).isEqualTo(State.RUNNING);
        scene.until(Instant.MAX);
        Restored restored = scene.restore(BACKUP_FIRST);

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(taken).containsExactly(Scene.hours(0, 3));
        assertThat(restored.notes()).contains("what the target had is kept in stream before");
    }

    private final class Slow implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            scene.pass(Duration.ofSeconds(30));
        }
    }

    /// What came out of order is not deleted while it is in memory.
    @Test
    void T18_aPlanSaysWhenOtherValuesCanBeReplacedIfNotNow() {
        scene.target.order(BEHIND).replacing(OptionalLong.of(hour(1).startMs()));
        scene.target.holding(series(labels("a", "x"), hour(0), 7));
        scene.backup(1);

        Preview now = scene.preview();
        scene.target.holdingLate(true);
        Preview waits = scene.preview();

        assertThat(now.metrics().getFirst().advice()).isEqualTo(Overlap.OVERWRITE);
        assertThat(now.verdict().notes()).noneMatch(note -> note.contains("overwrite"));
        assertThat(waits.metrics().getFirst().advice()).isEqualTo(Overlap.SKIP);
        assertThat(waits.verdict().notes())
                .anyMatch(
                        note ->
                                note.startsWith("overwrite would not do now")
                                        && note.endsWith(Restorer.time(hour(4).startMs())));
    }

    @Test
    void T18_uncheckedLooksWhereAnotherValueMightBeLost() {
        Series other = series(labels("a", "x"), hour(0), 7);
        scene.target.order(BEHIND).holding(other);
        scene.backup(1);

        assertThat(scene.preview(UNCHECKED).verdict().notes())
                .anyMatch(note -> note.contains("looked at all the same"));
        Restored restored = scene.restore(UNCHECKED);

        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(restored.outcome()).isEqualTo(new Outcome(36, 0, 24, 12, 0, 0, 0));
        assertThat(restored.notes()).anyMatch(note -> note.contains("looked at all the same"));
        assertThat(scene.target.all()).contains(other);
    }

    @Test
    void aPlanTellsOfEveryMetricWhatIsThere() {
        scene.target.holding(series(labels("a", "x"), hour(0), 7));
        scene.target.holding(three(0, 1).getLast());

        Preview preview = scene.backup(2).preview("\"overlap\": \"fail\"");

        assertThat(preview.verdict().toString()).contains("12 samples have another value");
        Metric a = preview.metrics().getFirst();
        assertThat(a.name()).isEqualTo("a");
        assertThat(a.different())
                .isEqualTo(
                        new Some(
                                12,
                                Optional.of(
                                        new TimeRange(
                                                hour(0).startMs(),
                                                hour(0).endMs() - (5 * MINUTE_MS) + 1))));
        assertThat(a.missing().samples()).isEqualTo(12);
        assertThat(a.advice()).isEqualTo(Overlap.OVERWRITE);
        Metric b = preview.metrics().getLast();
        assertThat(b.equal()).isEqualTo(12);
        assertThat(b.missing().samples()).isEqualTo(36);
        assertThat(b.advice()).isEqualTo(Overlap.SKIP);
        assertThat(preview.estimate().requests()).isEqualTo(3);
        assertThat(preview.estimate().reads().requests()).isPositive();
        assertThat(preview.estimate().reads().bytes()).isGreaterThan(100);
    }
}
