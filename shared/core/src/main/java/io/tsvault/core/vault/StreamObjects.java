package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
                new ArrayList<>(Lists.all(vault.store(), VaultLayout.chunks(log.name())));
        objects.addAll(Lists.all(vault.store(), VaultLayout.pages(log.name())));
        objects.removeIf(object -> !VaultLayout.isChunkOrPage(log.name(), object.key()));
        return objects;
    }

    /// The keys below the stream that are none of tsvault's.
    public List<String> foreign() {
        return Lists.all(vault.store(), log.name().path() + "/").stream()
                .map(StoredObject::key)
                .filter(key -> !VaultLayout.isMade(log.name(), key))
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

    /// A page of records that the log does not have: it had them, and lost its end. A copy gets its
    /// pages before its records: while it is made, that is no damage.
    ///
    /// @param there what was listed
    public Optional<Problem> lostEnd(List<StoredObject> there) {
        if (beyond(there).isEmpty() || vault.wasCopied()) {
            return Optional.empty();
        }
        log.refresh(); // they may have come meanwhile
        return beyond(there)
                .map(
                        page ->
                                new Problem(
                                        page,
                                        "it holds records beyond the newest one, %d: the end of"
                                                        .formatted(log.head().seq())
                                                + " the log is gone"));
    }

    private Optional<String> beyond(List<StoredObject> there) {
        return there.stream()
                .map(StoredObject::key)
                .filter(key -> VaultLayout.lastOfPage(log.name(), key).orElse(0) > log.head().seq())
                .findFirst();
    }

    /// Those of slices that nothing has settled: left over by a run that was cut off, or all that
    /// is left of records that are lost.
    public List<StoredObject> unsettled(List<StoredObject> orphans) {
        return orphans.stream().filter(object -> isUnsettled(object.key())).toList();
    }

    private boolean isUnsettled(String key) {
        OptionalLong start = VaultLayout.startMs(log.name(), key);
        return start.isPresent()
                && !log.state().isDead(key)
                && log.state().isUnsettled(new TimeRange(start.getAsLong(), start.getAsLong() + 1));
    }

    /// The chunks among them.
    public List<StoredObject> chunks(List<StoredObject> objects) {
        return objects.stream()
                .filter(object -> VaultLayout.isChunk(log.name(), object.key()))
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
