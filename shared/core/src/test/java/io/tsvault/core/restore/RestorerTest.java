package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.labels;
import static io.tsvault.core.restore.Scene.manifest;
import static io.tsvault.core.restore.Scene.series;
import static io.tsvault.core.restore.Scene.three;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.LaterChunk;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.MemoryTarget.Fault;
import io.tsvault.core.target.Standing;
import io.tsvault.core.vault.Vaults;
import io.tsvault.core.vault.record.Event.Capture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class RestorerTest {
    private final Scene scene = new Scene();

    private static final Capture RESAMPLED =
            new Capture("query-range", 15_000, "http://a:9090", "3.5.0", List.of(), List.of());

    private static TimeRange from(int hour, int minutes) {
        return new TimeRange(
                hour(hour).startMs() + Duration.ofMinutes(minutes).toMillis(), hour(hour).endMs());
    }

    @Test
    void theTargetIsToldOnceWhatTheMetricsAreThatItGets() {
        scene.backup(3).restore();

        assertThat(scene.target.described()).containsExactly(Scene.DESCRIBED.getFirst());
    }

    @Test
    void aReportIsAPageForPeopleToo() {
        Restored restored = scene.backup(1).restore();

        String page = restored.report().replace(".json", ".html");
        assertThat(scene.store.read(page, 1 << 20))
                .hasValueSatisfying(
                        bytes ->
                                assertThat(new String(bytes, StandardCharsets.UTF_8))
                                        .contains("<span class=\"done\">DONE</span>"));
    }

    @Test
    void anEmptyTargetGetsEverythingOldestFirst() {
        List<Long> reached = new ArrayList<>();
        Restored restored = scene.backup(3).watched(new Reached(reached)).restore();

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(108, 0, 108, 0, 0, 0, 0));
        assertThat(scene.target.all()).isEqualTo(three(0, 3));
        assertThat(reached).containsExactly(hour(0).endMs(), hour(1).endMs(), hour(2).endMs());
    }

    @Test
    void T08_whatATargetOfDecimalNumbersDoesNotKeepIsNotMissing() {
        Samples odd =
                Samples.builder()
                        .add(hour(0).startMs(), Double.NaN)
                        .add(hour(0).startMs() + 1, 1 / 3.0)
                        .addBits(hour(0).startMs() + 2, Samples.STALE_MARKER)
                        .build();
        scene.keep("prod", 0, List.of(new Series(labels("odd", "x"), odd)), Vaults.CAPTURE);
        scene.target.decimal(12);

        Restored restored = scene.restore();

        assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(2, 0, 2, 0, 0, 1, 0, 0, 1, 0));
        assertThat(restored.notes()).anyMatch(note -> note.contains("1 samples of the backup"));
        assertThat(scene.target.all().getFirst().samples().size()).isEqualTo(2);
    }

    @Test
    void wishesThatNoSeriesMeetsAreRefused() {
        scene.backup(2);
        for (String wish :
                List.of(
                        "\"match\": [\"{job='misspelt'}\"]",
                        "\"relabel\": [{\"source_labels\": [\"__name__\"], \"regex\": \".+\","
                                + " \"action\": \"drop\"}]")) {
            Restored restored = scene.restore(wish);

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.REFUSED);
            assertThat(restored.notes().getFirst()).contains("no series that is meant");
        }
    }

    private record Reached(List<Long> windows) implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            windows.add(doneMs);
        }
    }

    @Test
    void theReportSaysWhatTheCallerIsTold() {
        Restored restored = scene.backup(1).restore();

        byte[] report = Job.find(scene.vault, restored.job()).orElseThrow().report().orElseThrow();
        assertThat(restored.report()).isEqualTo("restores/" + restored.job() + "/report-1.json");
        assertThat(Json.toString(Json.parse(report, "the report")))
                .contains("\"samplesInBackup\":36", "\"written\":36", "\"state\":\"DONE\"");
    }

    @Test
    void whatIsReadIsPinnedUntilTheEnd() {
        scene.backup(2).target.next(Fault.REQUEST_LOST, Fault.REQUEST_LOST);
        scene.target.next(Fault.REQUEST_LOST, Fault.REQUEST_LOST);

        Restored failed = scene.restore();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(scene.pins()).containsExactly("restore-" + failed.job());

        assertThat(scene.restore().state()).isEqualTo(State.DONE);
        assertThat(scene.pins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.6, 0.95, 1})
    void O14_aRottedChunkIsNamedAndComesBackWithItsCopy(double where) {
        String key = scene.backup(3).chunk(1);
        byte[] whole = scene.store.read(key, 1 << 20).orElseThrow();
        byte[] rotted = whole.clone();
        rotted[(int) (where * (rotted.length - 1))] ^= 1;
        scene.replace(key, rotted);

        Restored failed = scene.restore();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.notes().getFirst())
                .startsWith("damaged: " + key + ": ")
                .contains("tsvault vault repair", "stays pinned");
        assertThat(scene.pins()).containsExactly("restore-" + failed.job());
        assertThat(scene.target.all()).isSubsetOf(three(0, 1));

        scene.replace(key, whole);
        assertThat(scene.restore().state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).isEqualTo(three(0, 3));
        assertThat(scene.pins()).isEmpty();
    }

    @Test
    void H16_aChunkOfALaterVersionIsNamedAndIsNoBug() {
        String key = scene.backup(2).chunk(1);
        byte[] bytes = scene.store.read(key, 1 << 20).orElseThrow();
        scene.replace(key, LaterChunk.of(bytes));

        Restored failed = scene.restore();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.notes().getFirst())
                .startsWith(key + " holds a chunk of format ")
                .contains("use a later version of tsvault, and the same command goes on")
                .doesNotContain("damaged");
        assertThat(scene.pins()).containsExactly("restore-" + failed.job());
    }

    @Test
    void O15_aMissingChunkIsNamedToo() {
        String key = scene.backup(2).chunk(1);
        scene.store.delete(key);

        Restored failed = scene.restore();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.notes().getFirst()).contains(key + ": this chunk is missing");
    }

    @Test
    void H01_aDoneManifestWithoutAnEndIsPointedToARunId() {
        scene.backup(1).restore();

        assertThatThrownBy(scene::restore)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("\"runId\"");
        assertThat(scene.restore("\"runId\": \"2\"").outcome().before()).isEqualTo(36);
    }

    @Test
    void H01_aDoneManifestWithAnEndGivesItsOldAnswer() {
        String to = "\"to\": \"" + Instant.ofEpochMilli(hour(1).endMs()) + "\"";
        Restored first = scene.backup(3).restore(to);
        int writes = scene.target.writes();

        Restored second = scene.restore(to);

        assertThat(second.job()).isEqualTo(first.job());
        assertThat(second.state()).isEqualTo(State.DONE);
        assertThat(second.outcome().expected()).isEqualTo(72);
        assertThat(scene.target.writes()).isEqualTo(writes);
        assertThat(scene.target.all()).isEqualTo(three(0, 2));
    }

    @Test
    void T05_aConflictIsLeftAndTheRestoreNotWhole() {
        scene.target.holding(series(labels("a", "x"), hour(0), 7));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(restored.outcome()).isEqualTo(new Outcome(72, 0, 60, 12, 0, 0, 0));
        assertThat(scene.target.all().getFirst().samples().within(hour(0)))
                .isEqualTo(series(labels("a", "x"), hour(0), 7).samples());
    }

    @Test
    void T05_aConflictIsOnlyListedWhenAWarningIsAskedFor() {
        scene.target.holding(series(labels("a", "x"), hour(0), 7));

        Restored restored = scene.backup(2).restore("\"overlap\": \"warn\"");

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome().conflicts()).isEqualTo(12);
    }

    @Test
    void T05_aConflictRefusesBeforeTheFirstWriteWhenAskedTo() {
        scene.target.holding(series(labels("a", "x"), from(0, 30), 7));

        Restored restored = scene.backup(2).restore("\"overlap\": \"fail\"");

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("6 samples have another value");
        assertThat(scene.target.writes()).isZero();
        assertThat(scene.pins()).isEmpty();
    }

    @Test
    void equalSamplesAreNoConflict() {
        three(0, 1).forEach(scene.target::holding);

        Restored restored = scene.backup(2).restore("\"overlap\": \"fail\"");

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(72, 36, 36, 0, 0, 0, 0));
        assertThat(scene.target.doubled()).isZero();
    }

    @Test
    void whatTheBackupLacksMakesTheRestorePartial() {
        scene.backup(1).gap(1).keep("prod", 2, three(2, 3), Vaults.CAPTURE);

        Restored restored = scene.restore();

        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(restored.notes()).anyMatch(note -> note.contains("prod is missing from 2026-"));
        assertThat(restored.outcome().written()).isEqualTo(72);
    }

    @Test
    void whatTheBackupLacksCanBeAccepted() {
        scene.backup(1).keepSome(1, three(1, 2));

        assertThat(scene.restore("\"runId\": \"1\"").state()).isEqualTo(State.PARTIAL);
        assertThat(scene.restore("\"accept\": {\"partial\": true}").state()).isEqualTo(State.DONE);
    }

    @Test
    void T12_whatTheTargetNeverTakesIsNamed() {
        scene.target.holding(series(labels("b", "x"), from(0, 55), 1000));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.state()).isEqualTo(State.PARTIAL);
        assertThat(restored.deadLettered()).isEqualTo(11);
        assertThat(restored.outcome()).isEqualTo(new Outcome(72, 1, 60, 0, 11, 0, 0));
        assertThat(Json.toString(report(restored)))
                .contains("\"kind\":\"MISSING\"", "\"reason\":\"OUT_OF_ORDER\"");
    }

    @Test
    void T03_whatWasMissingIsTriedAgainByTheSameCommand() {
        scene.target.holding(series(labels("b", "x"), from(0, 55), 1000));
        Restored partial = scene.backup(2).restore();
        scene.target.order(Standing.Order.ANY);

        Restored whole = scene.restore();

        assertThat(whole.job()).isEqualTo(partial.job());
        assertThat(whole.state()).isEqualTo(State.DONE);
        assertThat(whole.outcome()).isEqualTo(new Outcome(72, 61, 11, 0, 0, 0, 0));
        assertThat(whole.report()).endsWith("report-2.json");
    }

    @Test
    void whatIsThereNeedNotBeTaken() {
        three(0, 3).forEach(scene.target::holding);
        scene.target.holding(series(labels("live", "x"), hour(9), 0));

        Restored restored = scene.backup(3).restore();

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(108, 108, 0, 0, 0, 0, 0));
        assertThat(scene.target.writes()).isZero();
    }

    private Json report(Restored restored) {
        Job job = Job.find(scene.vault, restored.job()).orElseThrow();
        return Json.parse(job.report().orElseThrow(), "the report");
    }

    @Test
    void T04_historyBehindTheHeadIsRefusedWithTheWaysOut() {
        scene.target.holding(series(labels("live", "x"), hour(5), 0));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst())
                .contains("out_of_order_time_window: 8h", "into an empty one");
        assertThat(scene.target.writes()).isZero();
    }

    @Test
    void T04_aWindowThatReachesBackTakesIt() {
        scene.target.holding(series(labels("live", "x"), hour(5), 0));
        scene.target.order(new Standing.Order(false, Duration.ofHours(8), Duration.ofHours(1)));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome().written()).isEqualTo(72);
    }

    @Test
    void T04_aShortWindowOfAnEmptyTargetIsNeverLeft() {
        scene.target.order(new Standing.Order(false, Duration.ofMinutes(90), Duration.ofHours(1)));

        Restored restored = scene.backup(6).restore();

        assertThat(restored.notes()).isEmpty();
        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).isEqualTo(three(0, 6));
    }

    @Test
    void whatTheTargetWouldDropIsRefused() {
        scene.target.retention(Duration.ofHours(12));

        Restored restored = scene.backup(2).restore();

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("drops what is older", "retention of");
    }

    @Test
    void H14_theSourceIsNoTargetUnlessItIsMeant() {
        scene.backup(1).target.identity(Vaults.CAPTURE.source());

        Restored restored = scene.restore();
        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("accept.allowSameSource");

        assertThat(scene.restore("\"accept\": {\"allowSameSource\": true}").state())
                .isEqualTo(State.DONE);
    }

    @Test
    void theResampledIsToldAndRefusedIfAskedTo() {
        scene.keep("prod", 0, three(0, 1), RESAMPLED);

        Restored refused = scene.restore("\"accept\": {\"resampled\": false}");
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.notes().getFirst()).contains("values on a grid");

        Restored restored = scene.restore();
        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.notes())
                .contains("equal to the backup, which is resampled: prod at 15000 ms");
    }

    @Test
    void seriesThatBecomeOneAreRefused() {
        Restored restored =
                scene.backup(1)
                        .restore("\"relabel\": [{\"action\":\"labeldrop\",\"regex\":\"replica\"}]");

        assertThat(restored.state()).isEqualTo(State.REFUSED);
        assertThat(restored.notes().getFirst()).contains("one series of several");
        assertThat(scene.target.writes()).isZero();
    }

    @Test
    void labelsBecomeWhatTheRulesSay() {
        Restored restored =
                scene.backup(2)
                        .restore(
                                "\"match\": [\"a\"]",
                                "\"relabel\": [{\"action\":\"replace\",\"target_label\":\"job\","
                                        + "\"replacement\":\"new\"}]");

        Labels named = Labels.of("__name__", "a", "job", "new", "replica", "x");
        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).containsExactly(series(named, Scene.hours(0, 2), 0));
    }

    @Test
    void onlyWhatMatchesComes() {
        Restored restored = scene.backup(2).restore("\"match\": [\"b{replica=\\\"y\\\"}\"]");

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).containsExactly(three(0, 2).getLast());
    }

    @Test
    void timesAreShiftedBackAndForth() {
        for (int minutes : List.of(-60, -30, 30, 45, 60, 120, 7)) {
            Scene shifted = new Scene().backup(3);

            Restored restored = shifted.restore("\"shift\": \"%dm\"".formatted(minutes));

            assertThat(restored.state()).as("%d min", minutes).isEqualTo(State.DONE);
            assertThat(shifted.target.all())
                    .as("%d min", minutes)
                    .isEqualTo(three(0, 3).stream().map(one -> later(one, minutes)).toList());
        }
    }

    private static Series later(Series series, int minutes) {
        long shiftMs = Duration.ofMinutes(minutes).toMillis();
        Samples.Builder later = Samples.builder();
        for (int i = 0; i < series.samples().size(); i++) {
            later.add(series.samples().timestampMs(i) + shiftMs, series.samples().value(i));
        }
        return new Series(series.labels(), later.build());
    }

    @Test
    void severalStreamsComeTogether() {
        Series other = series(labels("c", "x"), hour(0), 0);
        scene.backup(1).keep("other", 0, List.of(other), Vaults.CAPTURE);

        Restored restored = scene.restore("\"stream\": [\"prod\", \"other\"]");

        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).hasSize(4).contains(other);
    }

    @Test
    void theBackupIsTakenAsItWas() {
        scene.backup(1);
        Instant then = scene.surroundings.clock().instant();
        Series amended = series(labels("a", "x"), hour(0), 5);
        scene.amend(0, List.of(amended));

        scene.restore("\"asOf\": \"%s\"".formatted(then));
        assertThat(scene.target.all()).isEqualTo(three(0, 1));

        Scene newest = new Scene().backup(1).amend(0, List.of(amended));
        newest.restore();
        assertThat(newest.target.all()).containsExactly(amended);
    }

    @Test
    void aPreviewTellsAndWritesNothing() {
        scene.backup(3).target.holding(three(0, 1).getFirst());
        int objects = scene.objects();

        Preview preview = scene.preview();

        assertThat(preview.verdict().isPossible()).isTrue();
        assertThat(preview.there().before()).isEqualTo(12);
        assertThat(preview.there().missing()).isEqualTo(96);
        assertThat(preview.widthMs()).isEqualTo(Scene.HOUR_MS);
        assertThat(scene.target.writes()).isZero();
        assertThat(scene.objects()).isEqualTo(objects);
    }

    @Test
    void whoHasNoMoreTimeGoesOnLater() {
        scene.backup(3).watched(new Slow()).until(scene.now().plus(Duration.ofSeconds(50)));

        Restored stopped = scene.restore();
        assertThat(stopped.state()).isEqualTo(State.RUNNING);
        assertThat(stopped.outcome().written()).isEqualTo(72);
        assertThat(stopped.report()).isEmpty();

        scene.until(Instant.MAX);
        Restored done = scene.restore();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.job()).isEqualTo(stopped.job());
        assertThat(done.outcome()).isEqualTo(new Outcome(108, 0, 108, 0, 0, 0, 0));
        assertThat(scene.target.doubled()).isZero();
    }

    /// Each window takes half a minute.
    private final class Slow implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            scene.pass(Duration.ofSeconds(30));
        }
    }

    @Test
    void T08_whoGoesOnWaitsForWhatTheLastRunLeftUnderWay() {
        scene.backup(2).until(scene.now()).target.flushing(Duration.ofSeconds(10));
        assertThat(scene.restore().state()).isEqualTo(State.RUNNING);
        three(0, 2).forEach(scene.target::holding); // sent by a run that was killed
        Instant begun = scene.now();

        assertThat(scene.until(Instant.MAX).restore().state()).isEqualTo(State.DONE);
        assertThat(scene.now()).isEqualTo(begun.plusSeconds(15)); // also for who is told to stop
    }

    @Test
    void T16_whatARestartMayHaveTakenIsLookedAtAgain() {
        three(0, 1).forEach(scene.target::holding);
        scene.target.flushing(Duration.ofSeconds(10)).started(scene.now());
        scene.backup(2).watched(new Restarting());

        Restored failed = scene.restore();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.notes().getFirst()).contains("was restarted meanwhile");

        Restored again = scene.watched(Watcher.SILENT).restore();
        assertThat(again.state()).isEqualTo(State.DONE);
        assertThat(again.outcome()).isEqualTo(new Outcome(72, 72, 0, 0, 0, 0, 0));
    }

    /// Restarts the target while it is written to.
    private final class Restarting implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            scene.target.started(scene.now());
        }
    }

    @Test
    void H03_whoCancelsIsHeardAndMayGoOn() {
        scene.backup(3).watched(new Cancelling());

        Restored cancelled = scene.restore();
        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(cancelled.outcome().written()).isEqualTo(36);
        assertThat(scene.pins()).isEmpty();

        scene.watched(Watcher.SILENT);
        assertThat(scene.restore().state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).isEqualTo(three(0, 3));
    }

    @Test
    void H03_whoCancelsIsHeardInALongWaitToo() {
        scene.backup(3).meanwhile(() -> Job.all(scene.vault).getFirst().cancel("enough"));

        Restored cancelled = scene.restore("\"limits\": {\"samplesPerSecond\": 1}");

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(scene.waits()).containsExactly(Duration.ofSeconds(5));
    }

    /// Cancels as soon as something is written.
    private final class Cancelling implements Watcher {
        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {
            Job.all(scene.vault).forEach(job -> job.cancel("enough"));
            scene.pass(Duration.ofSeconds(10));
        }
    }

    @Test
    void anUnknownStreamIsRefusedBeforeAnythingIsAskedFor() {
        int objects = scene.backup(1).objects();

        assertThatThrownBy(() -> scene.restore("\"stream\": \"pord\""))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("it has prod");
        assertThat(scene.objects()).isEqualTo(objects);
    }

    @Test
    void T20_samplesBetweenOursAreRefusedUnlessAccepted() {
        TimeRange between = new TimeRange(hour(0).startMs() + 60_000, hour(0).endMs());
        scene.backup(2).target.holding(series(labels("a", "x"), between, 0));

        Restored refused = scene.restore();
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.notes().getFirst()).contains("12 samples between", "accept.interleave");
        assertThat(scene.target.writes()).isZero();

        scene.target.order(Standing.Order.ANY);
        Restored restored = scene.restore("\"accept\": {\"interleave\": true}");
        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome().between()).isEqualTo(12);
    }

    @Test
    void foreignSeriesOfTheTargetDoNotMatter() {
        scene.backup(2).target.holding(series(labels("z", "x"), hour(0), 0));

        assertThat(scene.restore().state()).isEqualTo(State.DONE);
    }

    @Test
    void L01_aCrashAnywhereIsMendedByTheSameCommand() {
        int crashes = 0;
        for (boolean carriedOut : List.of(false, true)) {
            for (Standing.Order order : List.of(inOrder(), Standing.Order.ANY)) {
                crashes += crashEverywhere(order, carriedOut);
            }
        }
        assertThat(crashes).isGreaterThan(100);
    }

    private static Standing.Order inOrder() {
        return new Standing.Order(false, Duration.ZERO, Duration.ofHours(1));
    }

    private static int crashEverywhere(Standing.Order order, boolean carriedOut) {
        for (int at = 1; ; at++) {
            Scene scene = new Scene().backup(6);
            scene.target.order(order);
            Manifest manifest =
                    manifest("\"to\": \"%s\"".formatted(Instant.ofEpochMilli(hour(4).endMs())));
            if (!crashes(scene, manifest, new Crashes(at, carriedOut))) {
                return at;
            }
            scene.pass(Duration.ofMinutes(10));

            Restored again = scene.restore(scene.store, scene.target, manifest);

            String when = "crash at request %d, %s, %s: %s".formatted(at, carriedOut, order, again);
            assertThat(again.state()).as(when).isEqualTo(State.DONE);
            assertThat(again.outcome().expected()).as(when).isEqualTo(180);
            assertThat(scene.target.all()).as(when).isEqualTo(three(0, 5));
            assertThat(scene.target.doubled()).as(when).isZero();
            assertThat(scene.pins()).as(when).isEmpty();
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
}
