package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.hours;
import static io.tsvault.core.restore.Scene.labels;
import static io.tsvault.core.restore.Scene.manifest;
import static io.tsvault.core.restore.Scene.series;
import static io.tsvault.core.restore.Scene.three;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.manifest.InvalidManifest;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.MemoryTarget;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.key.JobFile.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

class OverwriteTest {
    private static final String OVERWRITE = "\"overlap\": \"overwrite\", \"confirm\": \"dr\"";

    private final Scene scene = new Scene();

    OverwriteTest() {
        scene.target.order(Standing.Order.ANY);
    }

    /// The series of the backup with other values, and one that is not in it.
    private static List<Series> others(int from, int to) {
        return List.of(
                series(labels("a", "x"), hours(from, to), 7),
                series(labels("b", "x"), hours(from, to), 7),
                series(labels("b", "y"), hours(from, to), 7),
                series(labels("live", "x"), hours(from, to), 0));
    }

    private static List<Series> restored(int from, int to) {
        return List.of(
                three(from, to).get(0),
                three(from, to).get(1),
                three(from, to).get(2),
                series(labels("live", "x"), hours(from, to), 0));
    }

    @Test
    void otherValuesAreReplacedAndKept() {
        others(0, 3).forEach(scene.target::holding);

        Restored restored = scene.backup(3).restore(OVERWRITE);

        assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(108, 0, 108, 0, 0, 0, 0, 108, 0, 0));
        assertThat(scene.target.all()).isEqualTo(restored(0, 3));
        assertThat(scene.job(restored.job()).kept(Kind.REPLACED)).hasSize(2);
        assertThat(Evidences.lines(scene.job(restored.job()), Kind.CONFLICTS)).hasSize(108);
    }

    @Test
    void onlyWhatDiffersIsDeleted() {
        TimeRange half = new TimeRange(hour(0).startMs() + 1_800_000, hour(0).endMs());
        scene.target.holding(series(labels("a", "x"), half, 7));
        scene.target.holding(series(labels("a", "x"), hour(7), 7));

        Restored restored = scene.backup(1).restore(OVERWRITE);

        assertThat(restored.outcome()).isEqualTo(new Outcome(36, 0, 36, 0, 0, 0, 0, 6, 0, 0));
        assertThat(scene.target.all().getFirst().samples().within(hour(7)).size()).isEqualTo(12);
    }

    @Test
    void aSeriesWithMoreLabelsIsNoneOfOurs() {
        Labels more = Labels.of("__name__", "a", "replica", "x", "zone", "b");
        scene.target.holding(series(labels("a", "x"), hour(0), 7));
        scene.target.holding(series(more, hour(0), 7));

        Restored restored = scene.backup(1).restore(OVERWRITE);

        assertThat(restored.outcome().replaced()).isEqualTo(12);
        assertThat(scene.target.all()).contains(series(more, hour(0), 7));
    }

    @Test
    void samplesOfTheTargetAloneStayBetweenThoseThatAreReplaced() {
        Series mixed = every(labels("a", "x"), Duration.ofMinutes(1), 7);
        scene.target.holding(mixed);

        Restored restored =
                scene.backup(1).restore(OVERWRITE, "\"accept\": {\"interleave\": true}");

        assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
        assertThat(restored.outcome().between()).isEqualTo(48);
        assertThat(restored.outcome().replaced()).isEqualTo(12);
    }

    private static Series every(Labels labels, Duration step, double value) {
        Samples.Builder samples = Samples.builder();
        for (long ms = hour(0).startMs(); ms < hour(0).endMs(); ms += step.toMillis()) {
            samples.add(ms, value);
        }
        return new Series(labels, samples.build());
    }

    @Test
    void T28_withoutDeletionItIsRefusedAndNothingTouched() {
        others(0, 2).forEach(scene.target::holding);
        scene.target.replacing(OptionalLong.empty());

        Restored restored = scene.backup(2).restore(OVERWRITE);

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("--web.enable-admin-api");
        assertThat(scene.target.all()).isEqualTo(others(0, 2));
        assertThat(scene.target.writes()).isZero();
    }

    @Test
    void whatCouldNotBeWrittenAnewIsNotDeleted() {
        others(0, 2).forEach(scene.target::holding);
        scene.target.order(new Standing.Order(false, Duration.ZERO, Duration.ofHours(1)));

        Restored restored = scene.backup(2).restore(OVERWRITE);

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("out_of_order_time_window");
        assertThat(scene.target.all()).isEqualTo(others(0, 2));
    }

    @Test
    void whatTheTargetHasInMemoryIsNotDeleted() {
        others(0, 2).forEach(scene.target::holding);
        scene.target.replacing(OptionalLong.of(hour(1).startMs()));

        Restored restored = scene.backup(2).restore(OVERWRITE);

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("\"to\": \"2026-");
        assertThat(scene.target.all()).isEqualTo(others(0, 2));
        String to = "\"to\": \"%s\"".formatted(Instant.ofEpochMilli(hour(1).startMs()));
        assertThat(scene.restore(OVERWRITE, to).state()).isEqualTo(State.DONE);
    }

    @Test
    void T18_aDeletionWithoutEffectStopsTheJobWithNothingLost() {
        others(0, 2).forEach(scene.target::holding);
        scene.target.keeping(series -> series.equals(labels("b", "x")));

        Restored restored = scene.backup(2).restore(OVERWRITE);

        assertThat(restored.state()).isEqualTo(State.FAILED);
        assertThat(restored.notes().getFirst())
                .contains("24 samples", "stay though the target says yes", "job undo");
        assertThat(scene.target.all())
                .containsExactly(
                        three(0, 2).get(0),
                        others(0, 2).get(1),
                        three(0, 2).get(2),
                        others(0, 2).get(3));
        assertThat(scene.undo(scene.store, scene.target, restored.job()).accepted()).isTrue();
        assertThat(scene.target.all()).isEqualTo(others(0, 2));
    }

    @Test
    void H23_overwritingWantsTheNameOfTheTarget() {
        assertThatThrownBy(() -> manifest("\"overlap\": \"overwrite\""))
                .isInstanceOf(InvalidManifest.class)
                .hasMessageContaining("name the target once more: dr");
        assertThatThrownBy(() -> manifest("\"overlap\": \"overwrite\"", "\"confirm\": \"prod\""))
                .isInstanceOf(InvalidManifest.class);
    }

    @Test
    void H03_undoPutsBackWhatWasReplacedAndTheJobMayGoOn() {
        others(0, 2).forEach(scene.target::holding);
        Restored restored = scene.backup(3).restore(OVERWRITE);

        Restored undone = scene.undo(scene.store, scene.target, restored.job());

        assertThat(undone.outcome().replaced()).isEqualTo(72);
        assertThat(scene.target.all().getFirst().samples().within(hours(0, 2)))
                .isEqualTo(others(0, 2).getFirst().samples());
        assertThat(scene.job(restored.job()).state()).isEqualTo(State.CANCELLED);
        assertThat(scene.restore(OVERWRITE).outcome().replaced()).isEqualTo(72);
    }

    @Test
    void T18_anUndoThatIsStoppedFailsAndCanBeDoneLater() {
        others(0, 2).forEach(scene.target::holding);
        Restored restored = scene.backup(2).restore(OVERWRITE);
        scene.target.keeping(series -> series.equals(labels("b", "x")));

        Restored stopped = scene.undo(scene.store, scene.target, restored.job());

        assertThat(stopped.state()).isEqualTo(State.FAILED);
        assertThat(stopped.notes().getFirst()).contains("stay though the target says yes");
        assertThat(scene.job(restored.job()).state()).isEqualTo(State.FAILED);
        scene.target.keeping(_ -> false);
        assertThat(scene.undo(scene.store, scene.target, restored.job()).accepted()).isTrue();
        assertThat(scene.target.all()).isEqualTo(others(0, 2));
    }

    @Test
    void T25_undoWaitsForWhatTheStoppedJobHasUnderWay() {
        others(0, 2).forEach(scene.target::holding);
        Restored restored = scene.backup(3).restore(OVERWRITE);
        Restored stopped = scene.until(scene.now()).restore("\"runId\": \"2\"");
        scene.until(Instant.MAX).job(stopped.job()).cancel("it is dead");
        Instant begun = scene.now();

        Restored undone = scene.undo(scene.store, scene.target, restored.job());

        assertThat(undone.outcome().replaced()).isEqualTo(72);
        assertThat(scene.now()).isEqualTo(begun.plusSeconds(35));
    }

    @Test
    void H03_withoutReplacementsThereIsNothingToUndo() {
        Restored restored = scene.backup(1).restore();

        assertThatThrownBy(() -> scene.undo(scene.store, scene.target, restored.job()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("replaced nothing");
    }

    @Test
    void T25_aCrashAnywhereIsMendedByTheSameCommandAndCanBeUndone() {
        int crashes = 0;
        for (boolean carriedOut : List.of(false, true)) {
            crashes += crashEverywhere(carriedOut);
        }
        assertThat(crashes).isGreaterThan(60);
    }

    private static Scene prepared() {
        Scene scene = new Scene().backup(2);
        scene.target.order(Standing.Order.ANY);
        others(0, 2).forEach(scene.target::holding);
        return scene;
    }

    private static int crashEverywhere(boolean carriedOut) {
        for (int at = 1; ; at++) {
            Scene scene = prepared();
            Manifest manifest =
                    manifest(
                            OVERWRITE,
                            "\"to\": \"%s\"".formatted(Instant.ofEpochMilli(hour(1).endMs())));
            boolean crashed = crashes(scene, manifest, new Crashes(at, carriedOut));
            scene.pass(Duration.ofMinutes(10));
            Restored again = scene.restore(scene.store, scene.target, manifest);

            String when = "crash at request %d, %s: %s".formatted(at, carriedOut, again);
            assertThat(again.state()).as(when).isEqualTo(State.DONE);
            assertThat(scene.target.all()).as(when).isEqualTo(restored(0, 2));
            undoEverywhere(scene.target, scene, again.job(), at, carriedOut);
            assertThat(scene.target.all()).as(when).isEqualTo(others(0, 2));
            if (!crashed) {
                return at;
            }
        }
    }

    private static boolean crashes(Scene scene, Manifest manifest, Crashes crashes) {
        try {
            scene.restore(crashes.store(scene.store), crashes.target(scene.target), manifest);
            return false;
        } catch (Crashes.Crash _) {
            return true;
        }
    }

    /// Crashes once at the same request, and then no more.
    private static void undoEverywhere(
            MemoryTarget target, Scene scene, String job, int at, boolean carriedOut) {
        Crashes crashes = new Crashes(at, carriedOut);
        try {
            scene.undo(crashes.store(scene.store), crashes.target(target), job);
        } catch (Crashes.Crash _) {
            scene.job(job).cancel("it is dead");
            scene.undo(scene.store, target, job);
        }
    }
}
