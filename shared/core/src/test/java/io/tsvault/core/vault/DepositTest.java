package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Deposit.Outcome;
import io.tsvault.core.vault.record.Event.Expire;
import io.tsvault.core.vault.record.Event.SweepPlan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class DepositTest {
    private final MemoryStore store = new MemoryStore();
    private final Vault vault = Vault.init(store, Vaults.surroundings(1));
    private final StreamLog log = vault.stream("prod");

    private Deposit deposit(StreamLog to, double value) {
        Deposit deposit = to.deposit(Vaults.slice(0));
        deposit.add(Vaults.chunk(Vaults.slice(0), value));
        return deposit;
    }

    @Test
    void chunksComeBeforeTheirRecord() {
        Deposit deposit = deposit(log, 1);
        assertThat(store.list("streams/prod/chunks/20260101t000000000z/", "", 9)).hasSize(1);
        assertThat(log.state().slices()).isEmpty();
        assertThat(deposit.commit(true, List.of(), Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        assertThat(log.state().liveChunks().keySet())
                .containsExactlyElementsOf(
                        store.list("streams/prod/chunks/", "", 9).stream()
                                .map(StoredObject::key)
                                .toList());
    }

    @Test
    void theSameBytesWrittenAgainHaveAnotherKey() {
        deposit(log, 1);
        deposit(log, 1);
        assertThat(store.list("streams/prod/chunks/", "", 9)).hasSize(2);
    }

    @Test
    void theSameChunkAgainIsNothingNew() {
        Deposit deposit = deposit(log, 1);
        deposit.add(Vaults.chunk(Vaults.slice(0), 1));
        deposit.commit(true, List.of(), Vaults.CAPTURE);
        assertThat(log.state().slice(Vaults.slice(0)).orElseThrow().chunks()).hasSize(1);
    }

    @Test
    void aSliceInPartsIsCommittedWhole() {
        assertThat(deposit(log, 1).part("a", Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        assertThat(deposit(log, 2).part("b", Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        List<Long> parts = List.copyOf(log.state().parts(Vaults.slice(0)).keySet());
        Deposit rest = log.deposit(Vaults.slice(0));
        assertThat(rest.commit(true, parts, Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        assertThat(log.state().slice(Vaults.slice(0)).orElseThrow().chunks()).hasSize(2);
    }

    @Test
    void partsThatAreGoneCannotBeCommitted() {
        deposit(log, 1).part("a", Vaults.CAPTURE);
        Deposit late = log.deposit(Vaults.slice(0));
        log.append(_ -> Optional.of(new Expire(List.of(Vaults.slice(0)), "test")));
        assertThat(late.commit(true, List.of(1L), Vaults.CAPTURE))
                .isEqualTo(Outcome.SETTLED_BY_ANOTHER);
    }

    @Test
    void whatWasSweptIsNotNamed() {
        Deposit late = deposit(log, 1);
        StreamLog collector = vault.stream("prod");
        String key = store.list("streams/prod/chunks/", "", 9).getFirst().key();
        collector.append(_ -> Optional.of(new SweepPlan(List.of(key))));
        assertThat(late.commit(true, List.of(), Vaults.CAPTURE)).isEqualTo(Outcome.SWEPT);
        assertThat(log.state().slices()).isEmpty();
        assertThat(deposit(log, 1).commit(true, List.of(), Vaults.CAPTURE))
                .isEqualTo(Outcome.RECORDED);
    }

    /// Writes records, and cannot say so.
    private final class Mute extends Passage {
        private boolean mute = true;

        Mute() {
            super(store);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            Creation creation = super.create(key, bytes);
            if (mute && key.startsWith("streams/prod/log/")) {
                throw new Transient("the answer was lost");
            }
            return creation;
        }
    }

    private static Outcome end(String end, Deposit deposit) {
        return switch (end) {
            case "commit" -> deposit.commit(true, List.of(), Vaults.CAPTURE);
            case "part" -> deposit.part("a", Vaults.CAPTURE);
            default -> deposit.amend(1, Vaults.CAPTURE);
        };
    }

    private Deposit givenUp(Mute mute, String end) {
        if (end.equals("amend")) {
            Vaults.commit(log, 0, 1);
        }
        Deposit deposit = deposit(Vault.open(mute, Vaults.ticking(7)).stream("prod"), 2);
        assertThatThrownBy(() -> end(end, deposit)).isInstanceOf(Transient.class);
        mute.mute = false;
        return deposit;
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "part", "amend"})
    void O02_whoAsksAgainIsToldOfItsOwnRecord(String end) {
        Deposit deposit = givenUp(new Mute(), end);
        assertThat(end(end, deposit)).isEqualTo(Outcome.RECORDED);
        assertThat(end(end, deposit)).isEqualTo(Outcome.RECORDED);
        assertThat(vault.stream("prod").head().seq()).isEqualTo(end.equals("amend") ? 2 : 1);
    }

    @Test
    void O02_itsOwnRecordWasThereEvenIfItWasSweptSince() {
        Deposit deposit = givenUp(new Mute(), "commit");
        log.refresh();
        String key = log.state().liveChunks().firstKey();
        log.append(_ -> Optional.of(new Expire(List.of(Vaults.slice(0)), "test")));
        log.append(_ -> Optional.of(new SweepPlan(List.of(key))));
        assertThat(end("commit", deposit)).isEqualTo(Outcome.RECORDED);
    }

    @Test
    void O02_theRecordOfAnotherIsNotItsOwn() {
        Deposit deposit = givenUp(new Mute(), "part");
        Vaults.commit(log, 0, 1);
        assertThat(end("part", deposit)).isEqualTo(Outcome.RECORDED);
        assertThat(end("commit", deposit)).isEqualTo(Outcome.SETTLED_BY_ANOTHER);
    }

    @Test
    void anAmendIsOfWhatWasCompared() {
        Vaults.commit(log, 0, 1);
        StreamLog other = vault.stream("prod");
        assertThat(deposit(other, 2).amend(1, Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        assertThat(deposit(log, 3).amend(1, Vaults.CAPTURE)).isEqualTo(Outcome.SETTLED_BY_ANOTHER);
        assertThat(deposit(log, 3).amend(2, Vaults.CAPTURE)).isEqualTo(Outcome.RECORDED);
        assertThat(log.state().slice(Vaults.slice(0)).orElseThrow().revisions()).hasSize(3);
    }
}
