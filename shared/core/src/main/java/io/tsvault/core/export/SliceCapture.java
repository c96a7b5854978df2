package io.tsvault.core.export;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.Deposit.Outcome;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.OfSlice;
import io.tsvault.core.vault.record.Event.Part;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Captures slices of one stream, and records what came of each.
final class SliceCapture {
    private static final String PIECE = "piece";
    private static final String COUNTED = "counted";
    private static final String DUPLICATES = "duplicates";
    private static final String LOST = "lost";
    private static final int MOST_TRIES = 20;

    /// A slice that has nothing for so long at its front may have lost it.
    private static final long USUAL_GAP_MS = Duration.ofMinutes(2).toMillis();

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
    record Taken(Result result, Amount amount) {
        static final Taken THERE = new Taken(Result.THERE, Amount.NOTHING);
    }

    /// What was read. It is whole when there are no warnings.
    ///
    /// @param empty did the source give nothing at all?
    private record Content(Capture capture, Amount amount, boolean empty) {
        boolean isWhole() {
            return capture.warnings().isEmpty();
        }

        Taken taken() {
            return new Taken(isWhole() ? Result.COMMITTED : Result.PARTIAL, amount);
        }
    }

    private final Line line;
    private final Intake intake;
    private final List<Metadata> metadata;

    SliceCapture(Line line, List<Metadata> metadata) {
        this.line = line;
        this.metadata = List.copyOf(metadata);
        this.intake = new Intake(line.source(), line.mode(), noted(line));
    }

    private static Duration noted(Line line) {
        return line.log()
                .state()
                .newestCapture()
                .filter(before -> before.mode().equals(line.mode().way().toString()))
                .map(before -> before.notes().get(PIECE))
                .map(Duration::parse)
                .orElse(Intake.EVERYTHING);
    }

    /// Captures one slice, in parts if the stream has some; parts that are kept are not read again.
    ///
    /// @throws Doubt when it may not be all, or when nothing came and it cannot be told why
    Taken take(TimeRange slice) {
        List<String> bounds = line.config().parts();
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Taken> taken =
                    again(() -> bounds.isEmpty() ? atOnce(slice) : inParts(slice, bounds));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw endless(slice);
    }

    /// Keeps a slice once more, as it is now.
    ///
    /// @param revisions how many it had when it was found to be different
    Taken amend(TimeRange slice, int revisions) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<Taken> taken = again(() -> amended(slice, revisions));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw endless(slice);
    }

    private Optional<Taken> amended(TimeRange slice, int revisions) {
        Deposit deposit = line.log().deposit(slice);
        Content content = read(line.config().selectors(), slice, deposit::add);
        return taken(deposit.amend(revisions, content.capture()), content.taken());
    }

    Intake intake() {
        return intake;
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
            if (!intake.divide()) {
                throw new Transient(e.getMessage() + ", even in the smallest pieces", e);
            }
            return Optional.empty();
        }
    }

    private Optional<Taken> atOnce(TimeRange slice) {
        Deposit deposit = line.log().deposit(slice);
        Content content = readTwiceIfEmpty(line.config().selectors(), slice, deposit::add);
        if (content.empty()) {
            return Optional.of(absent(slice));
        }
        return taken(
                deposit.commit(content.isWhole(), List.of(), content.capture()), content.taken());
    }

    private static Optional<Taken> taken(Outcome outcome, Taken taken) {
        return switch (outcome) {
            case RECORDED -> Optional.of(taken);
            case SETTLED_BY_ANOTHER -> Optional.of(Taken.THERE);
            case SWEPT -> Optional.empty();
        };
    }

    private Content readTwiceIfEmpty(
            List<Selector> selectors, TimeRange slice, Consumer<Chunk> chunks) {
        Content content = read(selectors, slice, chunks);
        return content.empty() ? read(selectors, slice, chunks) : content;
    }

    private Taken absent(TimeRange slice) {
        OfSlice event = new Absence(line).of(slice);
        boolean recorded =
                line.log()
                        .append(
                                state ->
                                        state.isUnsettled(slice)
                                                ? Optional.of(event)
                                                : Optional.empty())
                        .isPresent();
        Result result = event instanceof Gap ? Result.GAP : Result.EMPTY;
        return recorded ? new Taken(result, Amount.NOTHING) : Taken.THERE;
    }

    private Optional<Taken> inParts(TimeRange slice, List<String> bounds) {
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
                    : Optional.of(Taken.THERE);
        }
        if (parts.values().stream().allMatch(SliceCapture::isEmpty)) {
            return Optional.of(absent(slice));
        }
        boolean whole = parts.values().stream().allMatch(part -> isWhole(part.capture()));
        Capture capture = List.copyOf(parts.values()).getLast().capture();
        Content all = new Content(whole ? capture : warned(parts), amount, false);
        return taken(
                line.log().deposit(slice).commit(whole, List.copyOf(parts.keySet()), all.capture()),
                all.taken());
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
        Content content = read(selectors, slice, deposit::add);
        deposit.part(range.toString(), content.capture());
        return content;
    }

    private Content read(List<Selector> selectors, TimeRange slice, Consumer<Chunk> chunks) {
        Captured captured = new Captured(selectors, chunks, line.progress());
        long duplicates = 0;
        long lost = 0;
        List<String> warnings = new ArrayList<>();
        try {
            captured.describe(metadata);
            for (TimeRange window : slice.cut(Source.WINDOW_MS)) {
                Observed observed = read(selectors, window, captured);
                duplicates += observed.duplicates();
                lost += observed.lost();
                warnings.addAll(observed.warnings());
            }
            captured.close();
        } finally {
            captured.discard();
        }
        requireAccepted(slice, warnings);
        boolean counted = Completeness.isDue(line, slice);
        if (counted) {
            Completeness.require(line, selectors, slice, captured, lost);
        }
        truncated(slice, captured.firstMs()).ifPresent(warnings::add);
        LeftOut leftOut = captured.leftOut();
        leftOut.warning().ifPresent(warnings::add);
        Map<String, String> notes = notes(counted, duplicates, lost);
        leftOut.noteIn(notes);
        Amount amount = captured.amount();
        boolean empty = amount.samples() == 0 && leftOut.warning().isEmpty();
        return new Content(line.capture(warnings, notes), amount, empty);
    }

    private Observed read(List<Selector> selectors, TimeRange window, Captured into) {
        try (Reading reading = intake.read(selectors, window)) {
            while (reading.hasNext()) {
                into.add(reading.next());
            }
            return reading.observed();
        }
    }

    /// @throws Doubt when the source says that this is not all, and all is wanted
    void requireAccepted(TimeRange slice, List<String> warnings) {
        if (!warnings.isEmpty() && !line.config().partial()) {
            throw Doubt.passing(
                    "%s: the source says that this is not all: %s; to keep it nevertheless set"
                                    .formatted(line.name(slice), String.join("; ", warnings))
                            + " partial");
        }
    }

    /// Has the source forgotten the front of this slice? Not at the front of its whole history.
    private Optional<String> truncated(TimeRange slice, long firstMs) {
        boolean suspect =
                slice.startMs() > line.originMs() && firstMs - slice.startMs() > USUAL_GAP_MS;
        return suspect
                ? line.source()
                        .oldest(StreamConfig.EVERYTHING)
                        .filter(begin -> begin.toEpochMilli() > slice.startMs())
                        .map(begin -> "the source has forgotten what was before " + begin)
                : Optional.empty();
    }

    private Map<String, String> notes(boolean counted, long duplicates, long lost) {
        Map<String, String> notes = new TreeMap<>();
        if (intake.piece().compareTo(Intake.EVERYTHING) < 0) {
            notes.put(PIECE, intake.piece().toString());
        }
        if (counted) {
            notes.put(COUNTED, "equal");
        }
        if (duplicates > 0) {
            notes.put(DUPLICATES, Long.toString(duplicates));
        }
        if (lost > 0) {
            notes.put(LOST, Long.toString(lost));
        }
        return notes;
    }
}
