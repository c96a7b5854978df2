package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Commit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Exports without a deposit, step by step, so that a step can be wrong. By itself it is right.
class BareExporter extends Exporter {
    BareExporter(int slices) {
        super(slices);
    }

    @Override
    final void keep(Actor me, StreamLog log, int number) {
        me.beginAttempt();
        List<Chunk> chunks = Stream.of(0, 1).map(part -> Slices.chunk(number, part, 1)).toList();
        String attempt = attempt(me);
        List<ChunkRef> references =
                chunks.stream().map(chunk -> ChunkRef.of(chunk, attempt)).toList();
        Commit commit =
                new Commit(Slices.slice(number), true, references, List.of(), Slices.CAPTURE);
        steps(me, log, commit, () -> upload(me, commit, chunks));
    }

    /// In which order.
    void steps(Actor me, StreamLog log, Commit commit, Runnable upload) {
        upload.run();
        record(me, log, commit).ifPresent(entry -> told(me, entry, commit));
    }

    final void told(Actor me, Entry entry, Commit commit) {
        me.audit().toldAppended(entry);
        me.audit().toldRecorded(commit.slice(), me.chunks(), 1);
    }

    String attempt(Actor me) {
        byte[] id = new byte[16];
        me.surroundings().random().nextBytes(id);
        return java.util.HexFormat.of().formatHex(id);
    }

    private static void upload(Actor me, Commit commit, List<Chunk> chunks) {
        Forger forger = new Forger(me);
        for (int i = 0; i < chunks.size(); i++) {
            String key = Keys.chunk(commit.slice(), commit.chunks().get(i));
            forger.store().create(key, chunks.get(i).bytes());
        }
    }

    Optional<Entry> record(Actor me, StreamLog log, Commit commit) {
        return new Forger(me).insist(log, state -> decide(me, state, commit));
    }

    Optional<Commit> decide(Actor me, StreamState state, Commit commit) {
        boolean dead = Ledger.keys(commit).stream().anyMatch(state::isDead);
        return !dead && state.isUnsettled(commit.slice()) ? Optional.of(commit) : Optional.empty();
    }
}
