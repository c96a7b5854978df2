package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Config;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.GapAck;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.record.Event.SweepDone;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.LogName;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class StreamStateTest {
    private static final LogName LOG = LogName.ofStream("prod");

    private final StreamState state = new StreamState(LOG);
    private long seq;

    private void tell(Event... events) {
        for (Event event : events) {
            Entry entry = new Entry("v", LOG, ++seq, "p", "a", "w", seq, event);
            new StreamRules(state).require(entry, ObjectKey.record(LOG, seq));
            state.take(entry);
        }
    }

    private void refuse(Event event, String problem) {
        assertThatThrownBy(() -> tell(event))
                .isInstanceOf(DamagedVault.class)
                .hasMessageStartingWith(ObjectKey.record(LOG, seq) + ": this ")
                .hasMessageContaining(problem);
        seq--;
    }

    private static TimeRange slice(long number) {
        return Vaults.slice(number);
    }

    private static Commit commit(long slice, long... chunks) {
        return new Commit(slice(slice), true, references(chunks), List.of(), Vaults.CAPTURE);
    }

    private static List<ChunkRef> references(long... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Vaults::reference).toList();
    }

    private Status status(long slice) {
        return settled(slice).status();
    }

    private Settled settled(long slice) {
        return state.slice(slice(slice)).orElseThrow();
    }

    private static String key(long slice, long chunk) {
        return ObjectKey.chunk(LOG, slice(slice), Vaults.reference(chunk));
    }

    @Test
    void eachSliceIsSettledInItsWay() {
        tell(
                commit(0, 1, 2),
                new Commit(slice(1), false, references(3), List.of(), Vaults.CAPTURE),
                new Empty(slice(2), Vaults.CAPTURE),
                new Gap(slice(3), "lost"));
        assertThat(state.slices())
                .extracting(Settled::status)
                .containsExactly(Status.COMMITTED, Status.PARTIAL, Status.EMPTY, Status.GAP);
        assertThat(settled(0).chunks()).isEqualTo(references(1, 2));
        assertThat(settled(2).chunks()).isEmpty();
        assertThat(settled(3).acknowledged()).isFalse();
        assertThat(state.slice(slice(4))).isEmpty();
        assertThat(state.slice(new TimeRange(slice(0).startMs(), slice(1).endMs()))).isEmpty();
    }

    @Test
    void theWatermarkStopsAtAHole() {
        long origin = slice(0).startMs();
        assertThat(state.watermarkMs(origin)).isEqualTo(origin);
        tell(commit(1, 1), commit(3, 1));
        assertThat(state.watermarkMs(origin)).isEqualTo(origin);
        tell(new Gap(slice(0), "lost"));
        assertThat(state.watermarkMs(origin)).isEqualTo(slice(2).startMs());
        tell(new Empty(slice(2), Vaults.CAPTURE));
        assertThat(state.watermarkMs(origin)).isEqualTo(slice(4).startMs());
        tell(new Expire(List.of(slice(1)), "test"));
        assertThat(state.watermarkMs(origin)).isEqualTo(slice(4).startMs());
    }

    @Test
    void aSliceIsSettledOnce() {
        tell(commit(0, 1));
        refuse(commit(0, 2), "COMMIT is about a slice of which some is settled");
        refuse(new Empty(slice(0), Vaults.CAPTURE), "some is settled");
        refuse(new Gap(slice(0), "lost"), "some is settled");
        refuse(new Part(slice(0), "a", references(2), Vaults.CAPTURE), "some is settled");
        TimeRange wider = new TimeRange(slice(0).endMs() - 1, slice(1).endMs());
        refuse(new Gap(wider, "lost"), "some is settled");
        tell(commit(1, 3));
    }

    @Test
    void partsCountOnceTheyAreCommitted() {
        tell(
                new Part(slice(0), "a", references(1), Vaults.CAPTURE),
                new Part(slice(0), "b", references(2), Vaults.CAPTURE),
                new Part(slice(0), "b", references(3), Vaults.CAPTURE),
                new Part(slice(1), "a", references(4), Vaults.CAPTURE));
        assertThat(state.parts(slice(0))).containsOnlyKeys(1L, 2L, 3L);
        assertThat(state.liveChunks()).hasSize(4);
        assertThat(state.slices()).isEmpty();
        refuse(
                new Commit(slice(0), true, List.of(), List.of(1L, 4L), Vaults.CAPTURE),
                "names record 4, which is no part of its slice");
    }

    @Test
    void partsThatNoCommitNamesAreGarbage() {
        tell(
                new Part(slice(0), "a", references(1), Vaults.CAPTURE),
                new Part(slice(0), "b", references(2), Vaults.CAPTURE),
                new Part(slice(0), "b", references(3), Vaults.CAPTURE),
                new Commit(slice(0), true, references(5), List.of(1L, 3L), Vaults.CAPTURE));
        assertThat(settled(0).chunks()).isEqualTo(references(1, 3, 5));
        assertThat(state.liveChunks()).containsOnlyKeys(key(0, 1), key(0, 3), key(0, 5));
        assertThat(state.parts(slice(0))).isEmpty();
    }

    @Test
    void anAmendKeepsBothRevisions() {
        tell(commit(0, 1), new Amend(slice(0), references(2), Vaults.CAPTURE));
        assertThat(settled(0).chunks()).isEqualTo(references(2));
        assertThat(settled(0).revisions()).hasSize(2);
        assertThat(settled(0).seq()).isEqualTo(1);
        assertThat(state.liveChunks()).containsOnlyKeys(key(0, 1), key(0, 2));
    }

    @Test
    void whatWasLostMayComeBack() {
        tell(
                new Gap(slice(0), "lost"),
                new Empty(slice(1), Vaults.CAPTURE),
                new Amend(slice(0), references(1), Vaults.CAPTURE),
                new Amend(slice(1), references(2), Vaults.CAPTURE));
        assertThat(status(0)).isEqualTo(Status.COMMITTED);
        assertThat(status(1)).isEqualTo(Status.COMMITTED);
    }

    @Test
    void onlyWhatIsSettledIsAmended() {
        refuse(new Amend(slice(0), references(1), Vaults.CAPTURE), "a slice not settled");
        tell(commit(0, 1), new Expire(List.of(slice(0)), "test"));
        refuse(new Amend(slice(0), references(2), Vaults.CAPTURE), "amends an expired slice");
    }

    @Test
    void onlyAGapIsAcknowledged() {
        tell(commit(0, 1), new Gap(slice(1), "lost"), new GapAck(slice(1), "seen"));
        assertThat(settled(1).acknowledged()).isTrue();
        assertThat(status(1)).isEqualTo(Status.GAP);
        refuse(new GapAck(slice(0), "seen"), "acknowledges what is no gap");
        refuse(new GapAck(slice(2), "seen"), "not settled");
    }

    @Test
    void whatExpiresIsWithinTheRanges() {
        tell(commit(0, 1), commit(1, 2), new Gap(slice(2), "lost"), commit(3, 3));
        tell(new Part(slice(4), "a", references(4), Vaults.CAPTURE));
        TimeRange range = new TimeRange(slice(1).startMs(), slice(3).endMs() - 1);
        tell(new Expire(List.of(range), "test"));
        assertThat(status(0)).isEqualTo(Status.COMMITTED);
        assertThat(status(1)).isEqualTo(Status.EXPIRED);
        assertThat(status(2)).isEqualTo(Status.EXPIRED);
        assertThat(status(3)).isEqualTo(Status.COMMITTED);
        assertThat(state.liveChunks()).containsOnlyKeys(key(0, 1), key(3, 3), key(4, 4));
        tell(new Expire(List.of(slice(4)), "test"));
        assertThat(state.parts(slice(4))).isEmpty();
    }

    @Test
    void whatIsPinnedDoesNotExpire() {
        TimeRange middle = new TimeRange(slice(0).endMs() - 1, slice(1).startMs() + 1);
        tell(commit(0, 1), commit(1, 2), commit(2, 3), new Pin("job", middle, ""));
        refuse(new Expire(List.of(slice(0)), "test"), "expires a slice that is pinned");
        refuse(new Expire(List.of(slice(1)), "test"), "expires a slice that is pinned");
        tell(new Expire(List.of(slice(2)), "test"));
        assertThat(state.pins()).containsOnlyKeys("job");
        tell(new Unpin("job"), new Expire(List.of(slice(0)), "test"));
        assertThat(status(0)).isEqualTo(Status.EXPIRED);
        assertThat(state.pins()).isEmpty();
    }

    @Test
    void aDeadKeyIsNeverNamedAgain() {
        tell(new SweepPlan(List.of(key(0, 1))));
        assertThat(state.isDead(key(0, 1))).isTrue();
        refuse(commit(0, 1), "names what a sweep deletes: " + key(0, 1));
        refuse(new Part(slice(0), "a", references(1), Vaults.CAPTURE), "what a sweep deletes");
        tell(new SweepDone(1));
        refuse(commit(0, 1), "names what a sweep deletes");
        tell(commit(0, 2));
        refuse(new Amend(slice(0), references(1), Vaults.CAPTURE), "what a sweep deletes");
    }

    @Test
    void nothingAliveIsSwept() {
        tell(commit(0, 1), new Amend(slice(0), references(2), Vaults.CAPTURE));
        refuse(new SweepPlan(List.of(key(0, 1))), "would delete a live chunk");
        refuse(new SweepPlan(List.of(key(0, 2))), "would delete a live chunk");
        tell(new Expire(List.of(slice(0)), "test"), new SweepPlan(List.of(key(0, 1))));
        assertThat(state.unfinishedSweeps()).containsOnlyKeys(4L);
        refuse(new SweepDone(3), "ends no sweep");
        tell(new SweepDone(4));
        assertThat(state.unfinishedSweeps()).isEmpty();
    }

    @Test
    void nothingButItsOwnIsSwept() {
        String ours = key(0, 1);
        for (String key :
                List.of(
                        ours.replaceFirst("streams/[a-z]+/", "streams/another/"),
                        "vault.json",
                        "streams/prod/log/9999999998_0000000001.json",
                        ours + ".bak")) {
            refuse(new SweepPlan(List.of(ours, key)), "no chunk or page of this stream: " + key);
        }
        tell(new SweepPlan(List.of(ours)));
        assertThat(state.isDead(ours)).isTrue();
    }

    @Test
    void failuresAreCountedUntilASliceIsSettled() {
        tell(new Attempt(slice(0), "no", Outlook.TIME), new Attempt(slice(0), "no", Outlook.TIME));
        assertThat(state.failures()).isEqualTo(2);
        tell(new Empty(slice(0), Vaults.CAPTURE));
        assertThat(state.failures()).isZero();
    }

    @Test
    void S18_threeUnsoundTriesOfASliceHaltTheStreamUntilItIsResumed() {
        Attempt unsound = new Attempt(slice(0), "29 were read, but 30 counted", Outlook.UNSOUND);
        refuse(new Resume("seen"), "resumes what has not halted");
        tell(
                unsound,
                new Attempt(slice(0), "no", Outlook.TIME),
                unsound,
                new Empty(slice(1), Vaults.CAPTURE));
        assertThat(state.halt()).isEmpty();
        tell(unsound);
        assertThat(state.halt().orElseThrow().slice()).isEqualTo(slice(0));
        tell(new Resume("seen"));
        assertThat(state.halt()).isEmpty();
    }

    @Test
    void S18_aSliceThatIsSettledHaltsNothing() {
        Attempt unsound = new Attempt(slice(0), "29 were read, but 30 counted", Outlook.UNSOUND);
        tell(unsound, unsound, unsound, new Empty(slice(0), Vaults.CAPTURE));
        assertThat(state.halt()).isEmpty();
    }

    @Test
    void aStreamIsNotConfiguredInItsOwnLog() {
        refuse(new Config(Map.of()), "is of another log");
    }
}
