package io.tsvault.core.vault.retention;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Expire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a [Retention] lets go.
///
/// @param rule in words
/// @param ranges that hold all slices that go, and no other
/// @param slices how many go
/// @param bytes of their chunks
/// @param bytesOfAll of all chunks that count now
/// @param pinned slices that would go but for a pin
/// @param doubts why a person has to insist; empty when this is an ordinary expiry
public record Expiry(
        String rule,
        List<TimeRange> ranges,
        int slices,
        long bytes,
        long bytesOfAll,
        List<TimeRange> pinned,
        List<String> doubts) {

    /// Of the newest slices with samples, so many never go without insisting.
    private static final int NEWEST = 3;

    private static final int MOST_PERCENT = 10;

    /// Copies the lists.
    public Expiry {
        ranges = List.copyOf(ranges);
        pinned = List.copyOf(pinned);
        doubts = List.copyOf(doubts);
    }

    static Expiry of(String rule, List<Settled> there, List<Settled> going, List<Settled> pinned) {
        long bytes = going.stream().mapToLong(Expiry::bytes).sum();
        long all = there.stream().mapToLong(Expiry::bytes).sum();
        List<String> doubts = new ArrayList<>();
        if (bytes * 100 > all * MOST_PERCENT) {
            doubts.add("%d %% of the stored bytes would go".formatted(bytes * 100 / all));
        }
        List<Settled> withSamples =
                there.stream().filter(settled -> !settled.chunks().isEmpty()).toList();
        List<Settled> newest =
                withSamples.subList(Math.max(0, withSamples.size() - NEWEST), withSamples.size());
        if (going.stream().anyMatch(newest::contains)) {
            doubts.add("some of the %d newest slices with samples would go".formatted(NEWEST));
        }
        return new Expiry(
                rule,
                joined(going),
                going.size(),
                bytes,
                all,
                pinned.stream().map(Settled::slice).toList(),
                doubts);
    }

    private static long bytes(Settled settled) {
        return settled.revisions().stream()
                .flatMap(revision -> revision.chunks().stream())
                .mapToLong((ChunkRef chunk) -> chunk.summary().bytes())
                .sum();
    }

    /// As few ranges as hold these slices and no other.
    private static List<TimeRange> joined(List<Settled> going) {
        List<TimeRange> ranges = new ArrayList<>();
        for (Settled settled : going) {
            TimeRange slice = settled.slice();
            boolean adjoins = !ranges.isEmpty() && ranges.getLast().endMs() == slice.startMs();
            long start = adjoins ? ranges.removeLast().startMs() : slice.startMs();
            ranges.add(new TimeRange(start, slice.endMs()));
        }
        return ranges;
    }

    /// Lets go, as the rule says of what is there by now.
    ///
    /// @param insist although there are doubts
    /// @return what was found last: it went when [#goes] says so, else nothing did
    public static Expiry expire(StreamLog log, Retention retention, Instant now, boolean insist) {
        Letting letting = new Letting(log, retention, now, insist);
        log.append(letting);
        return letting.last;
    }

    /// Is there something, and nobody in doubt who does not insist?
    public boolean goes(boolean insist) {
        return !ranges.isEmpty() && (insist || doubts.isEmpty());
    }

    /// What a log has to say, if it goes.
    public Optional<Expire> event(boolean insist) {
        return goes(insist) ? Optional.of(new Expire(ranges, rule)) : Optional.empty();
    }

    /// Decides, and knows afterwards what it has decided last.
    private static final class Letting implements StreamLog.Decision {
        private final Retention retention;
        private final Instant now;
        private final boolean insist;
        private Expiry last;

        Letting(StreamLog log, Retention retention, Instant now, boolean insist) {
            this.retention = retention;
            this.now = now;
            this.insist = insist;
            this.last = retention.plan(log.state(), now);
        }

        @Override
        public Optional<? extends Event> on(StreamState state) {
            last = retention.plan(state, now);
            return last.event(insist);
        }
    }
}
