package io.tsvault.core.vault.retention;

import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How long slices are kept: each as long as one of the two rules wants it.
///
/// @param within all whose samples, or whose record, are younger than this
/// @param last so many of the newest with samples
public record Retention(Optional<Duration> within, int last) {
    /// Refuses a rule that would keep nothing.
    public Retention {
        if (within.isEmpty() && last < 1) {
            throw new IllegalArgumentException(
                    "nothing would be kept: say how long, or how many of the newest slices");
        }
        if (within.filter(Duration::isNegative).isPresent() || last < 0) {
            throw new IllegalArgumentException("a rule cannot be negative");
        }
    }

    /// What would go.
    public Expiry plan(StreamState state, Instant now) {
        List<Settled> there =
                state.slices().stream()
                        .filter(settled -> settled.status() != Status.EXPIRED)
                        .toList();
        long keptFrom = startOfLast(there);
        List<Settled> old =
                there.stream()
                        .filter(settled -> settled.slice().startMs() < keptFrom)
                        .filter(settled -> !isYoung(settled, now))
                        .toList();
        List<Settled> pinned =
                old.stream().filter(settled -> state.isPinned(settled.slice())).toList();
        List<Settled> going =
                old.stream().filter(settled -> !state.isPinned(settled.slice())).toList();
        return Expiry.of(toString(), there, going, pinned);
    }

    private long startOfLast(List<Settled> there) {
        List<Settled> withSamples =
                there.stream().filter(settled -> !settled.chunks().isEmpty()).toList();
        if (last == 0) {
            return Long.MAX_VALUE;
        }
        return withSamples.size() < last
                ? Long.MIN_VALUE
                : withSamples.get(withSamples.size() - last).slice().startMs();
    }

    /// Also by the time of the record: old samples that came yesterday are new here.
    private boolean isYoung(Settled settled, Instant now) {
        if (within.isEmpty()) {
            return false;
        }
        long limit = now.minus(within.get()).toEpochMilli();
        long recorded =
                settled.revisions().stream()
                        .mapToLong(StreamState.Revision::writtenMs)
                        .max()
                        .orElse(Long.MIN_VALUE);
        return settled.slice().endMs() > limit || recorded > limit;
    }

    @Override
    public String toString() {
        String time = within.map(duration -> "within " + duration).orElse("");
        String number = last == 0 ? "" : "last " + last;
        return ("keep " + time + (time.isEmpty() || number.isEmpty() ? "" : ", ") + number);
    }
}
