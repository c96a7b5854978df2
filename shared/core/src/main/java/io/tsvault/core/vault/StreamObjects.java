package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The chunks and pages that are stored for a stream, named by its records or not. For one thread.
public final class StreamObjects {
    private final Vault vault;
    private final StreamLog log;
    private final Set<String> named = new HashSet<>();
    private long namedAtSeq = -1;

    StreamObjects(Vault vault, StreamLog log) {
        this.vault = vault;
        this.log = log;
    }

    /// All chunks and pages.
    public List<StoredObject> list() {
        List<StoredObject> objects =
                new ArrayList<>(Lists.all(vault.store(), ObjectKey.chunks(log.name())));
        objects.addAll(Lists.all(vault.store(), ObjectKey.pages(log.name())));
        objects.removeIf(object -> !ObjectKey.isChunkOrPage(log.name(), object.key()));
        return objects;
    }

    /// The keys below the stream that are none of tsvault's.
    public List<String> foreign() {
        return Lists.all(vault.store(), log.name().path() + "/").stream()
                .map(StoredObject::key)
                .filter(key -> ObjectKey.parse(key).isEmpty())
                .toList();
    }

    /// Does a live record, of those that were read, name this key?
    public boolean isNamed(String key) {
        if (namedAtSeq != log.head().seq()) {
            named.clear();
            named.addAll(log.log().named().keySet());
            namedAtSeq = log.head().seq();
        }
        return named.contains(key);
    }

    /// A page of records that the log does not have: it had them, and lost its end.
    ///
    /// @param there what was listed
    public Optional<Problem> lostEnd(List<StoredObject> there) {
        return new Remains(vault, log.log()).lostEnd(there);
    }

    /// A copy gets a chunk as a record of the vault names it: one of a slice that no record here
    /// settles waits for its record.
    ///
    /// @param there what was listed after the log was read
    Optional<Problem> unfinished(List<StoredObject> there) {
        if (!vault.isCopy() || waiting(there).isEmpty()) {
            return Optional.empty();
        }
        log.refresh(); // it may have come meanwhile
        return waiting(there).stream()
                .findFirst()
                .map(
                        chunk ->
                                new Problem(
                                        chunk.key(),
                                        "no record names it: " + Remedy.UNFINISHED,
                                        Remedy.COPY_AGAIN));
    }

    /// The chunks of slices that nothing has settled, and that no record names.
    List<StoredObject> waiting(List<StoredObject> there) {
        return unsettled(there.stream().filter(object -> !isNamed(object.key())).toList());
    }

    /// The chunks that records name, and that were not listed.
    ///
    /// @param there what was listed after the log was read
    public List<Problem> missing(List<StoredObject> there) {
        List<Problem> missing = new Missing(log.state().liveChunks(), there).problems();
        if (!missing.isEmpty()) {
            log.refresh(); // they may have been let go of meanwhile
        }
        return missing.stream().filter(problem -> isNamed(problem.key())).toList();
    }

    /// Those of slices that nothing has settled: left over by a run that was cut off, or all that
    /// is left of records that are lost.
    public List<StoredObject> unsettled(List<StoredObject> orphans) {
        return orphans.stream().filter(object -> isUnsettled(object.key())).toList();
    }

    private boolean isUnsettled(String key) {
        return ObjectKey.chunk(log.name(), key)
                        .map(OfChunk::start)
                        .filter(this::isUnsettled)
                        .isPresent()
                && !log.state().isDead(key);
    }

    private boolean isUnsettled(Instant start) {
        long startMs = start.toEpochMilli();
        return log.state().isUnsettled(new TimeRange(startMs, startMs + 1));
    }

    /// How many slices behind the newest one that is settled have chunks, and no record, not even
    /// that a try failed which had left them: more than one are no run that was cut off, but
    /// perhaps records that are lost. One request tells, as nothing before is listed; what was
    /// lost in between, only a check of the whole vault finds.
    public int capturedBehind() {
        List<StoredObject> behind = behind();
        if (slices(behind) > 1) {
            log.refresh(); // another run may have settled them meanwhile
        }
        return slices(waiting(behind));
    }

    /// Is it of a try that is known to have failed? What came later was perhaps recorded.
    private boolean wasLeft(StoredObject chunk) {
        return ObjectKey.chunk(log.name(), chunk.key())
                .map(OfChunk::start)
                .map(start -> log.state().triedMs(start.toEpochMilli()))
                .filter(tried -> tried.orElse(Long.MIN_VALUE) >= chunk.created().toEpochMilli())
                .isPresent();
    }

    private List<StoredObject> behind() {
        String after =
                log.state().slices().stream()
                        .reduce((_, later) -> later)
                        .map(newest -> Instant.ofEpochMilli(newest.slice().endMs()))
                        .map(end -> new OfChunk(log.name(), end, "", "").text())
                        .orElse("");
        return Lists.all(vault.store(), ObjectKey.chunks(log.name()), after);
    }

    /// Of how many slices these chunks are that perhaps had a record.
    int slices(List<StoredObject> chunks) {
        return (int)
                chunks.stream()
                        .filter(chunk -> !wasLeft(chunk))
                        .flatMap(object -> ObjectKey.chunk(log.name(), object.key()).stream())
                        .map(OfChunk::start)
                        .distinct()
                        .count();
    }

    /// The chunks among them.
    public List<StoredObject> chunks(List<StoredObject> objects) {
        return objects.stream()
                .filter(object -> object.key().startsWith(ObjectKey.chunks(log.name())))
                .toList();
    }

    /// Removes objects whose keys are dead.
    ///
    /// @return what may not be deleted
    /// @throws IllegalArgumentException for a key that no sweep planned to delete
    public List<Problem> delete(List<String> keys) {
        vault.requireWritable();
        for (String key : keys) {
            if (!log.state().isDead(key)) {
                throw new IllegalArgumentException(key + " is in no SWEEP_PLAN");
            }
        }
        return vault.parallel(keys, this::refusal).stream().flatMap(Optional::stream).toList();
    }

    private Optional<Problem> refusal(String key) {
        try {
            vault.store().delete(key);
            return Optional.empty();
        } catch (Permanent e) { // a lock ends one day, and the others can go now
            return Optional.of(new Problem(key, String.valueOf(e.getMessage())));
        }
    }
}
