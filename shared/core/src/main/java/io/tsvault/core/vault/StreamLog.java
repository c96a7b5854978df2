package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.series.TimeRange;

import java.util.Optional;

/// The log of a stream, as far as it was read, and the way to append to it. For one thread.
public final class StreamLog {
    /// Decides what to append.
    @FunctionalInterface
    public interface Decision {
        /// What to append to this, or nothing. Is asked again when others appended meanwhile.
        Optional<? extends Event> on(StreamState state);
    }

    private final Vault vault;
    private final Log log;
    private final StreamState state;

    StreamLog(Vault vault, LogName name) {
        this.vault = vault;
        this.state = new StreamState(name);
        this.log = new Log(vault, name, state::accept);
        log.refresh();
    }

    /// Which it is.
    public LogName name() {
        return log.name();
    }

    /// The newest record that was read.
    public Head head() {
        return log.head();
    }

    /// What the records tell.
    public StreamState state() {
        return state;
    }

    /// Reads what came since.
    public void refresh() {
        log.refresh();
    }

    /// Appends one record, or none.
    ///
    /// @return what was appended
    public Optional<Entry> append(Decision decision) {
        return log.append(() -> decision.on(state));
    }

    /// Begins to keep a slice.
    public Deposit deposit(TimeRange slice) {
        return new Deposit(vault, this, slice);
    }

    /// A chunk that a record names, for a reader.
    public ByteRanges open(TimeRange slice, ChunkRef chunk) {
        return new StoredChunk(vault.store(), VaultLayout.chunk(name(), slice, chunk), chunk);
    }
}
