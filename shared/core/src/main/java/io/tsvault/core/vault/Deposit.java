package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Amend;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Commit;
import io.tsvault.core.vault.record.Event.Part;
import io.tsvault.core.vault.record.Event.WithChunks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps the samples of a slice: first the chunks, then the record that names them. Until that
/// record is there, nothing of it exists; a deposit that is dropped leaves nothing but garbage.
public final class Deposit {
    /// What came of it.
    public enum Outcome {
        RECORDED,
        /// Another settled the slice first; what was deposited here is garbage.
        SETTLED_BY_ANOTHER,
        /// The collector took the chunks for garbage; the slice has to be read again.
        SWEPT
    }

    private final Vault vault;
    private final StreamLog log;
    private final TimeRange slice;
    private final String attempt;
    private final List<ChunkRef> chunks = new ArrayList<>();

    Deposit(Vault vault, StreamLog log, TimeRange slice) {
        this.vault = vault;
        this.log = log;
        this.slice = slice;
        this.attempt = vault.surroundings().newId();
    }

    /// Stores the next chunk. When that fails, the same again may work; once it is stored, the same
    /// again is nothing new.
    public void add(Chunk chunk) {
        vault.requireWritable();
        ChunkRef reference = ChunkRef.of(chunk, attempt);
        String key = VaultLayout.chunk(log.name(), slice, reference);
        if (vault.store().create(key, chunk.bytes()) == Creation.ALREADY_THERE) {
            throw new DamagedVault(
                    key, "other bytes are there, under a key that nobody else makes");
        }
        if (!chunks.contains(reference)) {
            chunks.add(reference);
        }
    }

    /// The chunks that were added so far, for readers.
    public List<ByteRanges> added() {
        return chunks.stream().map(chunk -> log.open(slice, chunk)).toList();
    }

    /// The slice is kept. When that fails, the same again tells what came of it; so do the others.
    ///
    /// @param whole false when the source gave less than all
    /// @param parts the numbers of PART records that belong to it
    public Outcome commit(boolean whole, List<Long> parts, Capture capture) {
        return record(
                new Commit(slice, whole, chunks, parts, capture),
                state ->
                        state.isUnsettled(slice) && state.parts(slice).keySet().containsAll(parts));
    }

    /// Some of the series of the slice are kept.
    public Outcome part(String part, Capture capture) {
        return record(new Part(slice, part, chunks, capture), state -> state.isUnsettled(slice));
    }

    /// The slice is settled, and was different when it was read again.
    ///
    /// @param revisions how many it had when it was compared
    public Outcome amend(int revisions, Capture capture) {
        return record(
                new Amend(slice, chunks, capture),
                state ->
                        state.slice(slice)
                                .filter(settled -> settled.revisions().size() == revisions)
                                .filter(settled -> settled.status() != StreamState.Status.EXPIRED)
                                .isPresent());
    }

    private interface Condition {
        boolean holds(StreamState state);
    }

    /// When a try was given up, its record may be there all the same.
    private Outcome record(WithChunks event, Condition condition) {
        Recording recording = new Recording(event, condition);
        log.append(recording);
        return recording.outcome;
    }

    /// Decides, and knows afterwards what came of it.
    private final class Recording implements StreamLog.Decision {
        private final WithChunks event;
        private final Condition condition;
        private Outcome outcome = Outcome.RECORDED;

        Recording(WithChunks event, Condition condition) {
            this.event = event;
            this.condition = condition;
        }

        @Override
        public Optional<WithChunks> on(StreamState state) {
            boolean landed = log.hasLanded(event);
            outcome = landed ? Outcome.RECORDED : found(state, condition);
            return landed || outcome != Outcome.RECORDED ? Optional.empty() : Optional.of(event);
        }
    }

    private Outcome found(StreamState state, Condition condition) {
        if (chunks.stream().anyMatch(chunk -> state.isDead(slice, chunk))) {
            return Outcome.SWEPT;
        }
        return condition.holds(state) ? Outcome.RECORDED : Outcome.SETTLED_BY_ANOTHER;
    }
}
