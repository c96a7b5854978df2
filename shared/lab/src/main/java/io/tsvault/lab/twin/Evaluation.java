package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.lab.twin.Expression.CountOverTime;
import io.tsvault.lab.twin.Expression.Newest;
import io.tsvault.lab.twin.Expression.Range;
import io.tsvault.lab.twin.Expression.Scalar;
import io.tsvault.lab.twin.Expression.Total;
import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Evaluates one expression at many instants over series that were read once.
///
/// Before 3.0 a window is closed at both ends, since then it is open to the left. A series whose
/// newest sample in the window is a stale marker is not there.
final class Evaluation {
    /// One series with its value at an instant.
    record Value(Labels labels, double value) {}

    private final Generation generation;
    private final long lookbackMs;
    private final Expression expression;
    private final List<Selected> series;

    /// @param fromMs the first instant that will be asked for
    /// @param toMs the last one
    Evaluation(Head head, Settings settings, Expression expression, long fromMs, long toMs) {
        this.generation = settings.generation();
        this.lookbackMs = settings.lookbackMs();
        this.expression = expression;
        this.series = read(head, expression, fromMs, toMs);
    }

    /// @param lookbackMs how old the newest sample may be
    record Settings(Generation generation, long lookbackMs) {}

    private List<Selected> read(Head head, Expression from, long fromMs, long toMs) {
        return switch (from) {
            case Scalar _ -> List.of();
            case Newest newest -> read(head, newest.selector(), start(fromMs, lookbackMs), toMs);
            case Range range -> read(head, range.selector(), start(fromMs, range.lengthMs()), toMs);
            case CountOverTime count -> read(head, count.range(), fromMs, toMs);
            case Total total -> read(head, total.of(), fromMs, toMs);
        };
    }

    private static List<Selected> read(Head head, Selector selector, long fromMs, long toMs) {
        return head.unsorted(selector, fromMs, toMs);
    }

    /// The oldest instant that a window of this length, ending at `endMs`, still holds.
    private long start(long endMs, long lengthMs) {
        return endMs - lengthMs + (generation.isAtLeast(Generation.V3_5) ? 1 : 0);
    }

    /// The vector at an instant.
    List<Value> at(long ms) {
        return at(expression, ms);
    }

    private List<Value> at(Expression asked, long ms) {
        return switch (asked) {
            case Scalar scalar -> List.of(new Value(Labels.NONE, scalar.value()));
            case Newest _ -> newest(ms);
            case CountOverTime count -> counts(count.range(), ms);
            case Total total -> total(total, ms);
            case Range _ -> throw new IllegalStateException("a range has no value at an instant");
        };
    }

    private List<Value> newest(long ms) {
        List<Value> values = new ArrayList<>();
        for (Selected one : series) {
            List<Point> window = window(one, ms, lookbackMs);
            if (!window.isEmpty() && !window.getLast().isStale()) {
                values.add(new Value(one.labels(), number(one, window.getLast()).value()));
            }
        }
        return values;
    }

    private List<Value> counts(Range range, long ms) {
        List<Value> values = new ArrayList<>();
        Set<Labels> seen = new HashSet<>();
        for (Selected one : series) {
            int count = fresh(window(one, ms, range.lengthMs())).size();
            Labels unnamed = unnamed(one.labels());
            if (count > 0 && !seen.add(unnamed)) {
                throw ApiError.execution("vector cannot contain metrics with the same labelset");
            }
            if (count > 0) {
                values.add(new Value(unnamed, count));
            }
        }
        return values;
    }

    private List<Value> total(Total total, long ms) {
        List<Value> values = at(total.of(), ms);
        double result =
                switch (total.aggregation()) {
                    case SUM -> values.stream().mapToDouble(Value::value).reduce(0, Double::sum);
                    case COUNT -> values.size();
                };
        return values.isEmpty() ? List.of() : List.of(new Value(Labels.NONE, result));
    }

    /// The samples of a range that ends at an instant, without stale markers, sorted; no series is
    /// empty.
    List<Selected> matrix(Range range, long ms) {
        List<Selected> rows = new ArrayList<>();
        for (Selected one : series) {
            List<Point> fresh = fresh(window(one, ms, range.lengthMs()));
            fresh.forEach(point -> number(one, point));
            if (!fresh.isEmpty()) {
                rows.add(new Selected(one.labels(), fresh));
            }
        }
        rows.sort(Comparator.comparing(Selected::labels));
        return rows;
    }

    private List<Point> window(Selected one, long endMs, long lengthMs) {
        return one.between(start(endMs, lengthMs), endMs);
    }

    private static List<Point> fresh(List<Point> points) {
        return points.stream().filter(point -> !point.isStale()).toList();
    }

    private static FloatPoint number(Selected one, Point point) {
        return switch (point) {
            case FloatPoint number -> number;
            case HistogramPoint _ ->
                    throw ApiError.execution(
                            "twin: " + one.labels() + " holds histograms: use remote read");
        };
    }

    private static Labels unnamed(Labels labels) {
        List<byte[]> rest = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.name(i).equals(Labels.METRIC_NAME)) {
                rest.add(labels.nameBytes(i));
                rest.add(labels.valueBytes(i));
            }
        }
        return Labels.ofBytes(rest.toArray(byte[][]::new));
    }
}
