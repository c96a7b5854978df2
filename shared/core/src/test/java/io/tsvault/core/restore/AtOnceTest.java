package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.three;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restorer.Manner;
import io.tsvault.core.series.Series;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.MemoryTarget;
import io.tsvault.core.target.MemoryTarget.Fault;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Several partitions at once.
class AtOnceTest {
    private static final int DAYS = 3;
    private static final String TO = "\"to\": \"2026-01-05T00:00:00Z\"";
    private static final Manner ALL_AT_ONCE = new Manner(DAYS, Duration.ZERO);

    private final Scene scene = new Scene();

    AtOnceTest() {
        for (int day = 0; day < DAYS; day++) {
            scene.commit(24 * day);
        }
        scene.target.clock(Instant.ofEpochMilli(hour(24 * DAYS).startMs()));
        scene.in(ALL_AT_ONCE);
    }

    /// Answers nobody before so many have asked.
    private static final class Meeting extends Detour {
        private final CountDownLatch come;
        private boolean met = true;

        Meeting(Target right, int many) {
            super(right);
            come = new CountDownLatch(many);
        }

        @Override
        public io.tsvault.core.target.Outcome write(List<Series> batch) {
            come.countDown();
            try {
                met &= come.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.write(batch);
        }
    }

    @Test
    void partitionsComeTogetherWhereAnyOrderIsTaken() {
        scene.target.order(Standing.Order.ANY);
        Meeting meeting = new Meeting(scene.target, DAYS);

        Restored restored = scene.restore(scene.store, meeting, Scene.manifest());

        assertThat(meeting.met).isTrue();
        assertThat(restored.state()).isEqualTo(State.DONE);
        assertThat(restored.outcome()).isEqualTo(new Outcome(108, 0, 108, 0, 0, 0, 0));
        assertThat(scene.target.doubled()).isZero();
    }

    @Test
    void aTargetThatTakesThemInOrderGetsOneAfterTheOther() {
        assertThat(scene.restore().state()).isEqualTo(State.DONE);
        assertThat(scene.target.all().getFirst().samples().size()).isEqualTo(12 * DAYS);
    }

    @Test
    void oneThatFailsStopsTheOthersAndAllGoOn() {
        scene.target.order(Standing.Order.ANY).next(Fault.FORBIDDEN);

        assertThat(scene.restore().state()).isEqualTo(State.FAILED);
        assertThat(scene.restore().state()).isEqualTo(State.DONE);
        assertThat(scene.target.all().getFirst().samples().size()).isEqualTo(12 * DAYS);
        assertThat(scene.target.doubled()).isZero();
    }

    @Test
    void H03_allOfThemHearThatTheJobIsCancelled() {
        scene.target.order(Standing.Order.ANY);
        scene.meanwhile(() -> Job.all(scene.vault).getFirst().cancel("enough"));

        Restored cancelled = scene.restore("\"limits\": {\"samplesPerSecond\": 1}");

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(scene.target.writes()).isLessThan(2);
    }

    @Test
    void theLimitOfSamplesIsOneForAll() {
        scene.target.order(Standing.Order.ANY);
        Instant begun = scene.now();

        assertThat(scene.restore("\"limits\": {\"samplesPerSecond\": 1}").state())
                .isEqualTo(State.DONE);

        assertThat(scene.now()).isAfterOrEqualTo(begun.plusSeconds(72));
    }

    @Test
    void L01_killedAnywhereTheSameCommandGoesOn() {
        for (int at = 1; ; at++) {
            AtOnceTest other = new AtOnceTest();
            MemoryTarget target = other.scene.target.order(Standing.Order.ANY);
            Crashes crashes = new Crashes(at, at % 2 == 0);
            try {
                other.scene.restore(
                        crashes.store(other.scene.store),
                        crashes.target(target),
                        Scene.manifest(TO));
                assertThat(at).isGreaterThan(DAYS);
                return;
            } catch (Crashes.Crash _) {
                assertThat(other.scene.restore(TO).state()).as("%d", at).isEqualTo(State.DONE);
                assertThat(target.doubled()).as("%d", at).isZero();
                assertThat(target.all()).as("%d", at).hasSameSizeAs(three(0, 1));
            }
        }
    }
}
