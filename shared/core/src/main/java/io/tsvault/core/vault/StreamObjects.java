package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /// A page of records that the log does not have: it had them, and lost its end. A copy gets its
    /// pages before its records: while it is made, that is no damage.
    ///
    /// @param there what was listed
    public Optional<Problem> lostEnd(List<StoredObject> there) {
        if (beyond(there).findFirst().isEmpty()) {
            return Optional.empty();
        }
        log.refresh(); // they may have come meanwhile
        return beyond(there)
                .filter(this::isOfThisHistory)
                .findFirst()
                .map(
                        page ->
                                new Problem(
                                        page.text(),
                                        "it holds records beyond the newest one, %d: the end of"
                                                        .formatted(log.head().seq())
                                                + " the log is gone"));
    }

    /// Was it named here once, and not only copied? What was copied into a vault that was promoted
    /// meanwhile is either all that is behind the head of then, or has another history than this.
    private boolean isOfThisHistory(OfPage page) {
        if (!vault.wasCopied()) {
            return true;
        }
        long head = log.head().seq();
        long then = vault.promotion().map(told -> told.seq(log.name())).orElse(Long.MAX_VALUE);
        return then < Long.MAX_VALUE && (head < then || (head > then && goesOn(page)));
    }

    /// Do its records follow on those of the log?
    private boolean goesOn(OfPage page) {
        long head = log.head().seq();
        if (page.first() > head) {
            return false;
        }
        try {
            Page named = new Page(page.first(), page.last(), page.sha256(), 0);
            return vault.store()
                    .read(page.text(), 0, Pages.MOST_BYTES)
                    .map(bytes -> Pages.unpack(bytes, named, page.text()))
                    .map(records -> Head.hash(records.get((int) (head - page.first()))))
                    .filter(log.head().sha256()::equals)
                    .isPresent();
        } catch (DamagedVault e) {
            return false; // then it proves nothing
        }
    }

    private Stream<OfPage> beyond(List<StoredObject> there) {
        return there.stream()
                .flatMap(object -> page(object.key()))
                .filter(page -> page.last() > log.head().seq());
    }

    private static Stream<OfPage> page(String key) {
        return ObjectKey.parse(key).orElse(Mark.VAULT) instanceof OfPage page
                ? Stream.of(page)
                : Stream.empty();
    }

    /// The chunks that records name, and that were not listed.
    ///
    /// @param there what was listed after the log was read
    public List<Problem> missing(List<StoredObject> there) {
        Missing missing = new Missing(log.state().liveChunks(), there);
        if (missing.problems().isEmpty()) {
            return List.of();
        }
        log.refresh(); // they may have been let go of meanwhile
        return missing.problems().stream().filter(problem -> isNamed(problem.key())).toList();
    }

    /// Those of slices that nothing has settled: left over by a run that was cut off, or all that
    /// is left of records that are lost.
    public List<StoredObject> unsettled(List<StoredObject> orphans) {
        return orphans.stream().filter(object -> isUnsettled(object.key())).toList();
    }

    private boolean isUnsettled(String key) {
        if (!(ObjectKey.parse(key).orElse(Mark.VAULT) instanceof OfChunk chunk)) {
            return false;
        }
        long startMs = chunk.start().toEpochMilli();
        return !log.state().isDead(key)
                && log.state().isUnsettled(new TimeRange(startMs, startMs + 1));
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
