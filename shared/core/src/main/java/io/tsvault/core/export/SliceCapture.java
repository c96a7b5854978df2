package io.tsvault.core.export;

import io.tsvault.core.export.SliceReader.Content;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Deposit.Outcome;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Event.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Captures slices of one stream, and records what came of each.
final class SliceCapture {
    private static final int MOST_TRIES = 20;

    /// What became of a slice.
    enum Result {
        COMMITTED,
        PARTIAL,
        EMPTY,
        GAP,
        /// Another had settled it.
        THERE
    }

    /// What came of a slice.
    ///
    /// @param settled the slice; a gap may be of several
    record Taken(TimeRange settled, Result result, Amount amount) {
        static Taken there(TimeRange slice) {
            return new Taken(slice, Result.THERE, Amount.NOTHING);
        }
    }

    /// A slice whose turn it is.
    ///
    /// @param reachMs where the row of slices ends that begins with it and is due
    record Turn(TimeRange slice, long reachMs) {}

    private final Line line;
    private final SliceReader reader;

    SliceCapture(Line line) {
        this.line = line;
        this.reader = new SliceReader(line);
    }

    SliceReader reader() {
        return reader;
    }

    /// Captures one slice, in parts if the stream has some; parts that are kept are not read again.
    ///
    /// @throws Doubt when it may not be all, or when nothing came and it cannot be told why
    Taken take(Turn turn) {
        List<String> bounds = line.config().parts();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Taken> taken =
                    again(() -> bounds.isEmpty() ? atOnce(turn) : inParts(turn, bounds));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw endless(turn.slice());
    }

    /// Keeps a slice once more, as it is now, with what the source has forgotten since.
    Taken amend(Settled settled) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Taken> taken = again(() -> amended(settled));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw endless(settled.slice());
    }

    private Optional<Taken> amended(Settled settled) {
        Deposit deposit = line.log().deposit(settled.slice());
        try (Kept kept = Kept.open(line.log(), settled)) {
            Content content = reader.readBeside(kept, settled.slice(), deposit);
            int revisions = settled.revisions().size();
            return taken(
                    deposit.amend(revisions, content.capture()), taken(settled.slice(), content));
        }
    }

    private static Taken taken(TimeRange slice, Content content) {
        return new Taken(
                slice, content.isWhole() ? Result.COMMITTED : Result.PARTIAL, content.amount());
    }

    private Transient endless(TimeRange slice) {
        return new Transient(
                line.name(slice)
                        + " did not come to an end: the source gives too little at once, or gc"
                        + " deletes what is about to be recorded (its --grace is too short)");
    }

    private interface Try {
        /// @return nothing when it has to be done again
        Optional<Taken> run();
    }

    private Optional<Taken> again(Try once) {
        try {
            return once.run();
        } catch (TooMuch e) {
            if (!reader.intake().divide()) {
                throw new Transient(e.getMessage() + ", even in the smallest pieces", e);
            }
            return Optional.empty();
        }
    }

    private Optional<Taken> atOnce(Turn turn) {
        TimeRange slice = turn.slice();
        Deposit deposit = line.log().deposit(slice);
        Content content = readTwiceIfEmpty(slice, deposit);
        if (content.empty()) {
            return Optional.of(absent(turn));
        }
        return taken(
                deposit.commit(content.isWhole(), List.of(), content.capture()),
                taken(slice, content));
    }

    private static Optional<Taken> taken(Outcome outcome, Taken taken) {
        return switch (outcome) {
            case RECORDED -> Optional.of(taken);
            case SETTLED_BY_ANOTHER -> Optional.of(Taken.there(taken.settled()));
            case SWEPT -> Optional.empty();
        };
    }

    private Content readTwiceIfEmpty(TimeRange slice, Deposit deposit) {
        List<Selector> selectors = line.config().selectors();
        Content content = reader.read(selectors, slice, deposit);
        return content.empty() ? reader.read(selectors, slice, deposit) : content;
    }

    private Taken absent(Turn turn) {
        OfSlice event = new Absence(line).of(turn);
        boolean recorded =
                line.log()
                        .append(
                                state ->
                                        state.isUnsettled(event.slice())
                                                ? Optional.of(event)
                                                : Optional.empty())
                        .isPresent();
        Result result = event instanceof Gap ? Result.GAP : Result.EMPTY;
        return recorded
                ? new Taken(event.slice(), result, Amount.NOTHING)
                : Taken.there(turn.slice());
    }

    private Optional<Taken> inParts(Turn turn, List<String> bounds) {
        TimeRange slice = turn.slice();
        Amount amount = Amount.NOTHING;
        List<String> names = new ArrayList<>();
        for (NameRange range : NameRange.divided(bounds)) {
            names.add(range.toString());
            if (kept(slice, names).size() < names.size()) {
                amount = amount.plus(part(slice, range).amount());
            }
        }
        SortedMap<Long, Part> parts = kept(slice, names);
        if (parts.size() < names.size()) {
            return line.log().state().isUnsettled(slice)
                    ? Optional.empty()
                    : Optional.of(Taken.there(slice));
        }
        if (parts.values().stream().allMatch(SliceCapture::isEmpty)) {
            return Optional.of(absent(turn));
        }
        boolean whole = parts.values().stream().allMatch(part -> isWhole(part.capture()));
        Capture capture = List.copyOf(parts.values()).getLast().capture();
        Content all = new Content(whole ? capture : warned(parts), amount, false);
        return taken(
                line.log().deposit(slice).commit(whole, List.copyOf(parts.keySet()), all.capture()),
                taken(slice, all));
    }

    private static boolean isEmpty(Part part) {
        return part.chunks().isEmpty() && !LeftOut.isNotedIn(part.capture().notes());
    }

    private static boolean isWhole(Capture capture) {
        return capture.warnings().isEmpty();
    }

    private static Capture warned(SortedMap<Long, Part> parts) {
        return parts.values().stream()
                .map(Part::capture)
                .filter(capture -> !isWhole(capture))
                .findFirst()
                .orElseThrow();
    }

    /// The parts that are kept, one of each name.
    private SortedMap<Long, Part> kept(TimeRange slice, List<String> names) {
        SortedMap<String, Long> newest = new TreeMap<>();
        SortedMap<Long, Part> all = line.log().state().parts(slice);
        all.forEach((seq, part) -> newest.put(part.part(), seq));
        SortedMap<Long, Part> kept = new TreeMap<>(all);
        kept.entrySet()
                .removeIf(
                        entry ->
                                !names.contains(entry.getValue().part())
                                        || !entry.getKey()
                                                .equals(newest.get(entry.getValue().part())));
        return kept;
    }

    private Content part(TimeRange slice, NameRange range) {
        List<Selector> selectors = line.config().selectors().stream().map(range::within).toList();
        Deposit deposit = line.log().deposit(slice);
        Content content = reader.read(selectors, slice, deposit);
        deposit.part(range.toString(), content.capture());
        return content;
    }
}
