package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

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
    private final LogWriter writer;
    private final StreamState state;

    StreamLog(Vault vault, Log log) {
        this.vault = vault;
        this.log = log;
        this.writer = new LogWriter(vault, log);
        this.state = log.state().orElseThrow();
    }

    /// What was read, with the hashes of all records.
    Log log() {
        return log;
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
    /// @throws IllegalArgumentException when it cannot follow on what is there, or be read again;
    ///     then nothing was written
    public Optional<Entry> append(Decision decision) {
        return writer.append(() -> decision.on(state));
    }

    /// Is this there, although a try to append it failed?
    boolean hasLanded(Event event) {
        return writer.hasLanded(event);
    }

    /// Begins to keep a slice.
    ///
    /// @throws io.tsvault.core.failure.DamagedVault when no record could be appended, as the end of
    ///     the log is lost
    public Deposit deposit(TimeRange slice) {
        writer.requireWhole();
        return new Deposit(vault, this, slice);
    }

    /// A chunk that a record names, for a reader.
    public ByteRanges open(TimeRange slice, ChunkRef chunk) {
        return new StoredChunk(vault.store(), ObjectKey.chunk(name(), slice, chunk), chunk);
    }

    /// What was read ends where the log ends, unless its pages tell that this was lost.
    public Optional<Problem> lostEnd() {
        return new Remains(vault, log).lostEnd();
    }

    /// The objects that are stored for this stream.
    public StreamObjects objects() {
        return new StreamObjects(vault, this);
    }

    /// Is this the hash of a record of this log? Then all before it is as it was when somebody
    /// wrote this hash down.
    public boolean hasRecord(String sha256) {
        return log.hasRecord(sha256);
    }
}
