package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.hours;
import static io.tsvault.core.restore.Scene.labels;
import static io.tsvault.core.restore.Scene.manifest;
import static io.tsvault.core.restore.Scene.series;
import static io.tsvault.core.restore.Scene.three;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restorer.Manner;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Pin;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

class FollowTest {
    private static final String FOLLOW = "\"follow\": true";
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Scene scene = new Scene();
    private final Deque<Runnable> script = new ArrayDeque<>();
    private final Told told = new Told();

    /// What who follows tells.
    private static final class Told implements Watcher {
        private final List<Restored> rests = new ArrayList<>();
        private final List<String> waits = new ArrayList<>();

        @Override
        public void enters(String phase) {}

        @Override
        public void brought(long doneMs, double share, Outcome soFar) {}

        @Override
        public void rests(Restored soFar) {
            rests.add(soFar);
        }

        @Override
        public void awaits(String why) {
            waits.add(why);
        }
    }

    /// Does not answer as long as it is away.
    private static final class Away extends Detour {
        private boolean away = true;

        Away(Target right) {
            super(right);
        }

        @Override
        public Standing probe() {
            if (away) {
                throw new Transient("nobody answers");
            }
            return super.probe();
        }
    }

    /// Follows, while in each pause one of these happens; then there is no more time.
    private Restored follow(Target into, Runnable... events) {
        script.addAll(List.of(events));
        Instant end = scene.now().plus(LOOK.multipliedBy(events.length + 2L));
        scene.in(new Manner(1, LOOK)).watched(told).until(end);
        scene.meanwhile(() -> Optional.ofNullable(script.poll()).ifPresent(Runnable::run));
        return scene.restore(scene.store, into, manifest(FOLLOW));
    }

    private Restored follow(Runnable... events) {
        return follow(scene.target, events);
    }

    /// Brings what there is, once.
    private Restored once(String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.add(FOLLOW);
        scene.in(Manner.USUAL).until(Instant.MAX);
        return scene.restore(all.toArray(String[]::new));
    }

    private State state() {
        return Job.all(scene.vault).getFirst().state();
    }

    @Test
    void aStandbyGetsWhatIsCommittedWhileItFollows() {
        scene.backup(2);

        Restored ended = follow(() -> scene.commit(2), () -> {}, () -> scene.commit(3));

        assertThat(scene.target.all()).isEqualTo(three(0, 4));
        assertThat(ended.outcome()).isEqualTo(new Outcome(144, 0, 144, 0, 0, 0, 0));
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.accepted()).isTrue();
        assertThat(ended.report()).isEmpty();
        assertThat(told.rests)
                .extracting(r -> r.outcome().written())
                .containsExactly(72L, 108L, 144L);
        assertThat(state()).isEqualTo(State.RUNNING);
    }

    @Test
    void H27_whoRestsIsHeardOfAndWhoIsGoneIsNot() {
        List<Instant> silences = new ArrayList<>();
        scene.backup(2).in(new Manner(1, Duration.ofMinutes(4)));
        scene.until(scene.now().plus(Duration.ofHours(1)));
        scene.meanwhile(() -> silence().ifPresent(silences::add));

        scene.restore(FOLLOW);

        assertThat(scene.waits()).hasSizeGreaterThan(500);
        assertThat(silences).isEmpty();
        Instant gone = scene.now();
        scene.pass(Duration.ofMinutes(16));
        assertThat(silence()).hasValueSatisfying(at -> assertThat(at).isBeforeOrEqualTo(gone));
        scene.job(Job.all(scene.vault).getFirst().id()).cancel("enough");
        assertThat(silence()).isEmpty();
    }

    private Optional<Instant> silence() {
        return Job.all(scene.vault).getFirst().silentSince(scene.now());
    }

    @Test
    void aTargetThatTakesThemInOrderGetsSlicesUpToTheWatermark() {
        scene.backup(2).commit(3);

        follow(() -> assertThat(scene.target.all()).isEqualTo(three(0, 2)), () -> scene.commit(2));

        assertThat(scene.target.all()).isEqualTo(three(0, 4));
    }

    @Test
    void aTargetThatTakesAnyOrderGetsThoseBehindAHoleToo() {
        scene.backup(2).commit(3).target.order(Standing.Order.ANY);

        Restored ended =
                follow(
                        () -> assertThat(of("a")).isEqualTo(Scene.HOUR_MS / 300_000 * 3),
                        () -> scene.commit(2));

        assertThat(scene.target.all()).isEqualTo(three(0, 4));
        assertThat(scene.target.doubled()).isZero();
        assertThat(ended.outcome()).isEqualTo(new Outcome(144, 36, 108, 0, 0, 0, 0));
    }

    /// Samples of one series.
    private long of(String metric) {
        return scene.target.all().stream()
                .filter(series -> series.labels().equals(labels(metric, "x")))
                .mapToLong(Series::size)
                .sum();
    }

    @Test
    void whoBeginsAnewGoesOnWhereItWas() {
        Restored first = scene.backup(2).in(Manner.USUAL).restore(FOLLOW);
        int writes = scene.target.writes();
        assertThat(once().outcome()).isEqualTo(first.outcome());
        assertThat(scene.target.writes()).isEqualTo(writes);

        Restored second = scene.commit(2).restore(FOLLOW);

        assertThat(second.job()).isEqualTo(first.job());
        assertThat(second.outcome()).isEqualTo(new Outcome(108, 0, 108, 0, 0, 0, 0));
        assertThat(scene.target.doubled()).isZero();
    }

    @Test
    void whatWasBroughtAndFlushedIsNotLookedAtAgainAfterARestart() {
        scene.backup(2).target.flushing(Duration.ofSeconds(10)).started(scene.now());
        once();

        scene.target.started(scene.now().plusSeconds(60)).flushing(Duration.ZERO);
        assertThat(scene.commit(2).restore(FOLLOW).outcome().before()).isZero();
    }

    @Test
    void anAmendmentIsListedAndNotSent() {
        scene.backup(2);

        Restored ended =
                follow(() -> scene.amend(0, List.of(series(labels("late", "x"), hour(0), 0))));

        assertThat(ended.notes()).singleElement().asString().contains("prod from 2026", "amended");
        assertThat(scene.target.all()).isEqualTo(three(0, 2));
        assertThat(once().notes()).isEmpty();
    }

    @Test
    void T16_aStandbyThatIsAwayIsWaitedForAndThatIsSaidOnce() {
        Away away = new Away(scene.backup(2).target);

        Restored ended = follow(away, () -> {}, () -> {}, () -> away.away = false, () -> {});

        assertThat(told.waits).containsExactly("nobody answers");
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).isEqualTo(three(0, 2));
    }

    @Test
    void whoHasNoTimeToWaitFails() {
        Away away = new Away(scene.backup(2).target);

        Restored failed = follow(away, () -> {});

        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.notes().getFirst())
                .contains("nobody answers", "the same command goes on");
    }

    @Test
    void H03_aFollowIsCancelledWhileItRestsAndGoesOn() {
        scene.backup(1);

        Restored cancelled =
                follow(() -> Job.all(scene.vault).getFirst().cancel("enough"), () -> {}, () -> {});

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(scene.pins()).isEmpty();
        assertThat(scene.commit(1).restore(FOLLOW).state()).isEqualTo(State.DONE);
        assertThat(scene.target.all()).isEqualTo(three(0, 2));
    }

    @Test
    void whatHasExpiredIsPassedAndTold() {
        scene.backup(3).vault.stream("prod")
                .append(_ -> Optional.of(new Expire(List.of(hours(0, 2)), "old")));

        Restored ended = once();

        assertThat(ended.notes())
                .contains("of prod, 2 slices had expired before they were brought");
        assertThat(scene.target.all()).isEqualTo(three(2, 3));
    }

    @Test
    void aGapIsPassedAndTold() {
        scene.backup(1).gap(1).commit(2);

        Restored ended = once();

        assertThat(ended.state()).isEqualTo(State.PARTIAL);
        assertThat(ended.notes()).anyMatch(note -> note.contains("is missing from"));
        assertThat(scene.target.all()).hasSize(3);
        assertThat(ended.outcome().written()).isEqualTo(72);
    }

    @Test
    void T20_aStandbyThatHasItsOwnSamplesIsNoneAnyMore() {
        scene.backup(2);
        once();
        TimeRange scraped = new TimeRange(hour(2).startMs() + 60_000, hour(3).endMs());
        scene.target
                .order(Standing.Order.ANY)
                .clock(Instant.ofEpochMilli(scraped.endMs()))
                .holding(series(labels("a", "x"), scraped, 0.5));

        Restored ended = scene.commit(2).restore(FOLLOW);

        assertThat(ended.notes())
                .anyMatch(note -> note.startsWith("it ends before 2026-01-01T02:01"));
        assertThat(ended.report()).isNotEmpty();
        assertThat(state()).isEqualTo(State.DONE);
        assertThat(scene.pins()).isEmpty();
    }

    @Test
    void H15_whatIsAheadOfAFollowIsItsOwnAndWhatIsBehindIsFree() {
        scene.backup(3);
        List<Restored> others = new ArrayList<>();
        String behind =
                "\"runId\": \"2\", \"to\": \"%s\""
                        .formatted(Instant.ofEpochMilli(hour(1).startMs()));
        follow(() -> others.add(other(behind)), () -> others.add(other("\"runId\": \"3\"")));

        assertThat(others)
                .extracting(Restored::state)
                .containsExactly(State.REFUSED, State.REFUSED);
    }

    private Restored other(String members) {
        return scene.in(Manner.USUAL).watched(Watcher.SILENT).restore(members);
    }

    @Test
    void theBacklogIsPinnedAndWhatWasBroughtIsNot() {
        for (int i = 0; i < 30; i++) {
            scene.commit(i);
        }
        scene.target.clock(Instant.ofEpochMilli(hour(40).startMs()));
        scene.pass(Duration.ofDays(1));

        once();

        Pin pin = scene.vault.stream("prod").state().pins().values().iterator().next();
        assertThat(pin.range().startMs()).isEqualTo(hour(30).startMs());
        assertThat(pin.range().endMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aFunctionFindsTheFollowersOfAStream() {
        assertThat(Restorer.following(scene.backup(1).vault, "prod")).isEmpty();
        once();

        assertThat(Restorer.following(scene.vault, "prod")).containsExactly(manifest(FOLLOW));
        assertThat(Restorer.following(scene.vault, "other")).isEmpty();
    }

    @Test
    void L01_aCrashAnywhereIsMendedByTheSameCommand() {
        int crashes = 0;
        for (boolean carriedOut : List.of(false, true)) {
            crashes +=
                    crashEverywhere(
                            carriedOut,
                            new Standing.Order(false, Duration.ZERO, Duration.ofHours(1)));
            crashes += crashEverywhere(carriedOut, Standing.Order.ANY);
        }
        assertThat(crashes).isGreaterThan(50);
    }

    private static int crashEverywhere(boolean carriedOut, Standing.Order order) {
        for (int at = 1; ; at++) {
            Scene scene = new Scene().backup(2).commit(3);
            scene.target.order(order);
            if (!crashes(scene, manifest(FOLLOW), new Crashes(at, carriedOut))) {
                return at;
            }
            scene.commit(2);
            Restored again = scene.restore(FOLLOW);

            assertThat(again.state()).as("crash at %d", at).isEqualTo(State.DONE);
            assertThat(scene.target.all()).as("crash at %d", at).isEqualTo(three(0, 4));
            assertThat(scene.target.doubled()).as("crash at %d", at).isZero();
        }
    }

    private static boolean crashes(Scene scene, Manifest manifest, Crashes crashes) {
        try {
            var _ =
                    scene.restore(
                            crashes.store(scene.store), crashes.target(scene.target), manifest);
            return false;
        } catch (Crashes.Crash _) {
            return true;
        }
    }
}
