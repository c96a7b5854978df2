package io.tsvault.core.restore;

import static io.tsvault.core.restore.Scene.hour;
import static io.tsvault.core.restore.Scene.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.restore.Job.State;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class ClaimsTest {
    private static final String SECOND = "\"runId\": \"second\"";

    private final Scene scene = new Scene().backup(3);

    /// It is at work, and gets no time to do anything.
    private Restored begun() {
        scene.until(scene.now());
        Restored begun = scene.restore();
        scene.until(Instant.MAX);
        assertThat(begun.state()).isEqualTo(State.RUNNING);
        return begun;
    }

    @Test
    void H15_whileOneJobIsAtWorkAnotherIsRefusedAndToldWhich() {
        Restored first = begun();

        Restored second = scene.restore(SECOND);

        assertThat(second.state()).isEqualTo(State.REFUSED);
        assertThat(second.notes().getFirst())
                .contains("job " + first.job(), "tsvault job cancel " + first.job());
        assertThat(scene.target.writes()).isZero();
        assertThat(scene.preview(SECOND).verdict().toString()).contains(first.job());
        assertThat(scene.preview().verdict().isPossible()).isTrue();
    }

    @Test
    void H15_aJobThatWasStoppedIsInNobodysWay() {
        Restored first = begun();
        scene.job(first.job()).cancel("it is dead");

        assertThat(scene.restore(SECOND).state()).isEqualTo(State.DONE);
        assertThat(scene.restore().outcome().before()).isEqualTo(108);
    }

    @Test
    void H15_otherTimesAndOtherTargetsAreFree() {
        scene.until(scene.now());
        scene.restore("\"to\": \"%s\"".formatted(Instant.ofEpochMilli(hour(1).startMs())));
        scene.until(Instant.MAX);

        String rest = "\"from\": \"%s\"".formatted(Instant.ofEpochMilli(hour(1).startMs()));
        assertThat(scene.restore(rest).state()).isEqualTo(State.DONE);
    }

    @Test
    void H15_ofTwoThatMeetAnywhereOneAloneGoesOn() {
        int meetings = 0;
        boolean met = true;
        for (int at = 1; met; at++) {
            Scene both = new Scene().backup(2);
            both.until(both.now());
            Meeting meeting = new Meeting(both, at);

            Restored first = both.restore(meeting, both.target, manifest());
            met = meeting.isOver();
            meetings += met ? 1 : 0;

            boolean firstGoesOn = first.state() == State.RUNNING;
            boolean secondGoesOn = met && meeting.second() == State.RUNNING;
            assertThat(firstGoesOn && secondGoesOn).as("both, met at %d", at).isFalse();
            assertThat(firstGoesOn || secondGoesOn).as("none, met at %d", at).isTrue();
        }
        assertThat(meetings).isGreaterThan(5);
    }

    /// Before one of its requests another job begins.
    private static final class Meeting extends Passage {
        private final Scene scene;
        private final int at;
        private int requests;
        private State second = State.ACCEPTED;

        Meeting(Scene scene, int at) {
            super(scene.store);
            this.scene = scene;
            this.at = at;
        }

        boolean isOver() {
            return requests >= at;
        }

        State second() {
            return second;
        }

        @Override
        public ObjectStore.Creation create(String key, byte[] bytes) {
            requests++;
            if (requests == at) {
                second = scene.restore(SECOND).state();
            }
            return super.create(key, bytes);
        }
    }
}
