package io.tsvault.core.export;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Reads slices again, once, a while after they were kept: samples may have come late. What was
/// kept long after its end is not read again, since nothing was late by then; nor is what was kept
/// by other settings or from another server, since all of it would differ. What is in doubt
/// ([Suspicion]) is counted as soon as the source can be believed, and read again when it lacks
/// something.
final class Reread {
    private static final int MOST_AT_ONCE = 64;

    private final Line line;
    private final SliceCapture capture;

    Reread(Line line, SliceCapture capture) {
        this.line = line;
        this.capture = capture;
    }

    /// What came of it.
    enum Result {
        SAME,
        AMENDED,
        /// The source has nothing new, and less than was kept: what was kept stays.
        LESS
    }

    /// The slices that are in doubt, oldest first.
    List<Settled> doubted() {
        Suspicion suspicion = new Suspicion(line.log().state());
        return suspicion.isOpen() || !Completeness.isWanted(line)
                ? List.of()
                : suspicion.doubted().stream()
                        .filter(settled -> isAlike(settled.revisions().getFirst().capture()))
                        .toList();
    }

    /// The other slices whose time it is, oldest first.
    List<Settled> due(Instant now) {
        Optional<Duration> delay = line.config().reread();
        return delay.isEmpty()
                ? List.of()
                : line.log().state().slices().stream()
                        .filter(settled -> isDue(settled, delay.get().toMillis(), now))
                        .limit(MOST_AT_ONCE)
                        .toList();
    }

    private boolean isDue(Settled settled, long delayMs, Instant now) {
        boolean kept =
                settled.status() != Status.GAP
                        && settled.status() != Status.EXPIRED
                        && settled.revisions().size() == 1;
        if (!kept || line.log().state().wasReread(settled.slice())) {
            return false;
        }
        Revision only = settled.revisions().getFirst();
        long endMs = settled.slice().endMs();
        return isComparable(only.capture())
                && (isInParts() || only.writtenMs() - endMs < delayMs)
                && endMs + delayMs <= now.toEpochMilli();
    }

    /// Would the same samples look the same?
    private boolean isComparable(Capture kept) {
        return kept.mode().equals(line.mode().way().toString())
                && kept.stepMs() == line.mode().step().toMillis()
                && isAlike(kept);
    }

    /// By the same settings, and from the same server.
    private boolean isAlike(Capture kept) {
        return kept.source().equals(line.abilities().identity())
                && Selection.of(line.config()).kept(kept);
    }

    /// Parts may have been read long before their commit.
    private boolean isInParts() {
        return !line.config().parts().isEmpty();
    }

    /// Reads one again.
    Result again(Settled settled) {
        Comparison.Result found = capture.reader().inPieces(() -> Optional.of(compare(settled)));
        if (found.isSame()) {
            return Result.SAME;
        }
        if (found.extra() + found.foreign() + found.changed() == 0) {
            return Result.LESS;
        }
        capture.amend(settled);
        return Result.AMENDED;
    }

    /// Counts one that is in doubt, and reads it again if the source has more.
    Result recount(Settled settled) {
        boolean more;
        try (Kept kept = Kept.open(line.log(), settled)) {
            more = Completeness.countsMore(line, settled.slice(), kept);
        }
        if (!more) {
            return Result.SAME;
        }
        capture.amend(settled);
        return Result.AMENDED;
    }

    private Comparison.Result compare(Settled settled) {
        try (Kept kept = Kept.open(line.log(), settled)) {
            Comparison.Result found = Comparison.Result.NONE;
            for (TimeRange window : settled.slice().cut(Source.WINDOW_MS)) {
                found = found.plus(compare(kept, window));
            }
            return found;
        }
    }

    private Comparison.Result compare(Kept kept, TimeRange window) {
        Iterator<Series> before = kept.series(window);
        List<Selector> selectors = line.config().selectors();
        try (Reading now = capture.reader().intake().read(selectors, window)) {
            Comparison.Result found = Comparison.of(before, now, Sameness.EXACT, Findings.NONE);
            capture.reader().requireAccepted(now.observed().warnings());
            return found;
        }
    }
}
