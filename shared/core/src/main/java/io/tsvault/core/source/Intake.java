package io.tsvault.core.source;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads a window from a source: at once, or in pieces when the source cannot give so much. First
/// time is divided, down to a quarter of an hour; then metrics are asked one by one; then time is
/// divided again, and in the end one metric by the values of the label that varies most.
///
/// It remembers how much time could be had at once.
public final class Intake {
    private static final long WINDOW_MS = Source.WINDOW_MS;
    private static final long BY_METRIC_MS = Duration.ofMinutes(15).toMillis();
    private static final long LEAST_MS = Duration.ofMinutes(1).toMillis();
    private static final int VALUES_AT_ONCE = 50;

    /// Nothing is known about how much can be had at once.
    public static final Duration EVERYTHING = Duration.ofMillis(WINDOW_MS);

    private final Source source;
    private final Mode mode;
    private long pieceMs;

    /// @param piece how much time could be had at once before
    public Intake(Source source, Mode mode, Duration piece) {
        this.source = source;
        this.mode = mode;
        this.pieceMs = piece.toMillis();
    }

    /// How much time could be had at once.
    public Duration piece() {
        return Duration.ofMillis(pieceMs);
    }

    /// From now on everything is read in smaller pieces.
    ///
    /// @return false when there are none
    public boolean divide() {
        boolean can = pieceMs > LEAST_MS;
        pieceMs = Math.max(LEAST_MS, pieceMs / 2);
        return can;
    }

    /// The series of a window that any of the selectors means, in label order.
    public Reading read(List<Selector> selectors, TimeRange window) {
        if (selectors.size() == 1 && window.length().toMillis() <= pieceMs) {
            return source.read(mode, selectors.getFirst(), window);
        }
        Sorter sorter = new Sorter(window, Sorter.DEFAULT_HELD_BYTES);
        try {
            Pieces pieces = new Pieces(sorter);
            for (Selector selector : selectors) {
                for (TimeRange piece : pieces(window)) {
                    read(selector, piece, pieces);
                }
            }
            return pieces.sorted();
        } catch (RuntimeException | Error e) {
            sorter.close();
            throw e;
        }
    }

    private List<TimeRange> pieces(TimeRange window) {
        List<TimeRange> pieces = new ArrayList<>();
        for (long startMs = window.startMs(); startMs < window.endMs(); startMs += pieceMs) {
            pieces.add(new TimeRange(startMs, Math.min(window.endMs(), startMs + pieceMs)));
        }
        return pieces;
    }

    /// What came in pieces.
    private static final class Pieces {
        private final Sorter sorter;
        private Observed observed = Observed.NOTHING;

        Pieces(Sorter sorter) {
            this.sorter = sorter;
        }

        void add(Series series) {
            sorter.add(series);
        }

        void ended(Observed more) {
            observed = observed.plus(more);
        }

        /// What was asked for twice did not come twice.
        Reading sorted() {
            return Reading.of(
                    sorter.sorted(observed),
                    all ->
                            new Observed(
                                    observed.duplicates(),
                                    all.outside(),
                                    all.lost(),
                                    all.warnings()));
        }
    }

    /// What of a piece had come before it was too much comes again, and is dropped by the sorter.
    private void read(Selector selector, TimeRange piece, Pieces into) {
        try (Reading reading = source.read(mode, selector, piece)) {
            while (reading.hasNext()) {
                into.add(reading.next());
            }
            into.ended(reading.observed());
        } catch (TooMuch e) {
            readLess(selector, piece, into, e);
        }
    }

    private void readLess(Selector selector, TimeRange piece, Pieces into, TooMuch problem) {
        long lengthMs = piece.length().toMillis();
        boolean oneMetric = namesMetric(selector);
        if (lengthMs > BY_METRIC_MS || (oneMetric && lengthMs > LEAST_MS)) {
            halves(selector, piece, into);
        } else if (!oneMetric) {
            for (String metric : source.metrics(selector, piece)) {
                read(with(selector, Op.EQUAL, Labels.METRIC_NAME, metric), piece, into);
            }
        } else {
            byValues(selector, piece, into, problem);
        }
    }

    private void halves(Selector selector, TimeRange piece, Pieces into) {
        long lengthMs = piece.length().toMillis();
        long middleMs = piece.startMs() + (lengthMs / 2);
        if (!namesMetric(selector)) {
            pieceMs = Math.min(pieceMs, Math.max(LEAST_MS, lengthMs / 2));
        }
        read(selector, new TimeRange(piece.startMs(), middleMs), into);
        read(selector, new TimeRange(middleMs, piece.endMs()), into);
    }

    private static boolean namesMetric(Selector selector) {
        return selector.matchers().stream()
                .anyMatch(
                        matcher ->
                                matcher.op() == Op.EQUAL
                                        && matcher.name().equals(Labels.METRIC_NAME));
    }

    /// Alternatives of the values, and those that have none.
    private void byValues(Selector selector, TimeRange piece, Pieces into, TooMuch problem) {
        String label = mostVaried(selector, piece, problem);
        List<String> values = source.values(label, selector, piece);
        int some = Math.min(VALUES_AT_ONCE, Math.ceilDiv(values.size(), 2));
        for (int from = 0; from < values.size(); from += some) {
            String these =
                    String.join(
                            "|",
                            values.subList(from, Math.min(values.size(), from + some)).stream()
                                    .map(Intake::literal)
                                    .toList());
            read(with(selector, Op.LIKE, label, these), piece, into);
        }
        read(with(selector, Op.EQUAL, label, ""), piece, into);
    }

    /// Not one that the selector divides already, if it has fewer than two values left.
    private String mostVaried(Selector selector, TimeRange piece, TooMuch problem) {
        return source.labels(selector, piece).stream()
                .filter(label -> !label.equals(Labels.METRIC_NAME))
                .map(label -> new Variety(label, source.values(label, selector, piece).size()))
                .filter(variety -> variety.values() > 1)
                .max(Comparator.comparingInt(Variety::values))
                .map(Variety::label)
                .orElseThrow(
                        () ->
                                new Permanent(
                                        "%s from %s for a minute is more than the source gives:"
                                                        .formatted(
                                                                selector,
                                                                Instant.ofEpochMilli(
                                                                        piece.startMs()))
                                                + " raise its limits ("
                                                + problem.getMessage()
                                                + ")",
                                        problem));
    }

    private record Variety(String label, int values) {}

    private static String literal(String value) {
        return value.replaceAll("[^A-Za-z0-9_:]", "\\\\$0");
    }

    private static Selector with(Selector selector, Op op, String label, String value) {
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        matchers.add(new Matcher(op, label, value));
        return Selector.of(matchers);
    }
}
