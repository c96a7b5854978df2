package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Metadata.Glossary;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.record.Event.Capture;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads what a slice holds, window by window, into a deposit, and makes sure that it is all.
final class SliceReader {
    private static final int MOST_TRIES = 20;
    private static final String PIECE = "piece";
    private static final String DUPLICATES = "duplicates";
    private static final String LOST = "lost";
    private static final String FORGOTTEN = "forgotten-by-the-source";

    /// A slice that has nothing for so long at its front may have lost it.
    private static final long USUAL_GAP_MS = Duration.ofMinutes(2).toMillis();

    /// What was read. It is whole when there are no warnings.
    ///
    /// @param empty did the source give nothing at all?
    record Content(Capture capture, Amount amount, boolean empty) {
        boolean isWhole() {
            return capture.warnings().isEmpty();
        }
    }

    /// How one window is read.
    private interface WindowReader {
        Observed read(TimeRange window, Captured into);
    }

    /// A slice to be read.
    ///
    /// @param counted is it held against the count of the source? Nothing always is
    private record Pull(TimeRange slice, WindowReader reader, boolean counted) {}

    private final Line line;
    private final Intake intake;
    private Optional<List<Metadata>> metadata = Optional.empty();

    SliceReader(Line line) {
        this.line = line;
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

    Intake intake() {
        return intake;
    }

    /// Does it again while the source gives too little at once, or the collector was quicker.
    ///
    /// @param once gives nothing when it has to be done again
    /// @throws Transient when that does not come to an end
    <T> T inPieces(Supplier<Optional<T>> once) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                Optional<T> done = once.get();
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (TooMuch e) {
                if (!intake.divide()) {
                    throw new Transient(e.getMessage() + ", even in the smallest pieces", e);
                }
            }
        }
        throw new Transient(
                "it did not come to an end: the source gives too little at once, or gc deletes what"
                        + " is about to be recorded (its --grace is too short)");
    }

    /// Reads what the source has.
    Content read(List<Selector> selectors, TimeRange slice, Deposit into) {
        Pull pull =
                new Pull(
                        slice,
                        (window, captured) -> direct(selectors, window, captured),
                        Completeness.isDue(line, slice));
        return read(selectors, pull, into);
    }

    /// Reads what the source has, and adds what was kept and the source has no more. It takes the
    /// place of what was kept, so it is counted.
    Content readBeside(Kept kept, TimeRange slice, Deposit into) {
        List<Selector> selectors = line.config().selectors();
        WindowReader both =
                (window, captured) -> {
                    try (Reading now = intake.read(selectors, window)) {
                        return new Union(kept, window).read(now, captured);
                    }
                };
        return read(selectors, new Pull(slice, both, Completeness.isWanted(line)), into);
    }

    private Content read(List<Selector> selectors, Pull pull, Deposit into) {
        TimeRange slice = pull.slice();
        Instant begun = now();
        Captured captured = new Captured(selectors, into::add, glossary(), line.progress());
        Observed observed = Observed.NOTHING;
        try {
            for (TimeRange window : slice.cut(Source.WINDOW_MS)) {
                observed = observed.plus(pull.reader().read(window, captured));
            }
            captured.close();
        } finally {
            captured.discard();
        }
        requireAccepted(observed.warnings());
        boolean nothing = captured.amount().samples() == 0;
        boolean counted = pull.counted() || (nothing && Completeness.isPossible(line));
        if (counted) { // to count nothing costs nothing
            new Completeness(line, slice, into).require(captured, observed.lost());
        }
        Map<String, String> notes = notes(captured, observed, counted);
        Pace.noteIn(notes, Duration.between(begun, now()));
        return content(slice, captured, observed, notes);
    }

    private Instant now() {
        return line.route().around().clock().instant();
    }

    /// Asked once, when something is read.
    private List<Metadata> metadata() {
        List<Metadata> known = metadata.orElseGet(line.source()::metadata);
        metadata = Optional.of(known);
        return known;
    }

    private Observed direct(List<Selector> selectors, TimeRange window, Captured into) {
        try (Reading reading = intake.read(selectors, window)) {
            while (reading.hasNext()) {
                into.add(reading.next());
            }
            return reading.observed();
        }
    }

    private Map<String, String> notes(Captured captured, Observed observed, boolean counted) {
        Map<String, String> notes = new TreeMap<>();
        if (intake.piece().compareTo(Intake.EVERYTHING) < 0) {
            notes.put(PIECE, intake.piece().toString());
        }
        if (counted) {
            notes.put(Suspicion.COUNTED, Suspicion.EQUAL);
        }
        note(notes, DUPLICATES, observed.duplicates());
        note(notes, LOST, observed.lost());
        note(notes, FORGOTTEN, captured.forgotten());
        captured.leftOut().noteIn(notes);
        return notes;
    }

    private Content content(
            TimeRange slice, Captured captured, Observed observed, Map<String, String> notes) {
        List<String> warnings = new ArrayList<>(observed.warnings());
        truncated(slice, captured.firstMs()).ifPresent(warnings::add);
        LeftOut leftOut = captured.leftOut();
        leftOut.warning().ifPresent(warnings::add);
        Amount amount = captured.amount();
        boolean empty = amount.samples() == 0 && leftOut.warning().isEmpty();
        return new Content(line.capture(warnings, notes), amount, empty);
    }

    private static void note(Map<String, String> notes, String name, long many) {
        if (many > 0) {
            notes.put(name, Long.toString(many));
        }
    }

    /// @throws Doubt when the source says that this is not all, and all is wanted
    void requireAccepted(List<String> warnings) {
        if (!warnings.isEmpty() && !line.config().partial()) {
            throw Doubt.partial(warnings, line.log().name().id());
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

    private Glossary glossary() {
        Glossary glossary = new Glossary();
        glossary.know(metadata());
        return glossary;
    }
}
