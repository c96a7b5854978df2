package io.tsvault.prometheus;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.Sorter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One reading in a way that answers in no order: everything goes into a [Sorter] first.
final class Capture implements AutoCloseable {
    /// Fewer than any server's limit; Prometheus takes one more.
    private static final int MOST_POINTS = 11_000;

    private final Api api;
    private final Selector selector;
    private final TimeRange range;
    private final Abreast abreast;
    private final Sorter sorter;
    private Observed seen = Observed.NOTHING;

    /// @param abreast how metrics are asked for
    Capture(Api api, Selector selector, TimeRange range, Abreast abreast) {
        this.api = api;
        this.abreast = abreast;
        this.selector = selector;
        this.range = range;
        this.sorter = new Sorter(range, Sorter.DEFAULT_HELD_BYTES);
    }

    /// The samples as they are, metric by metric. A range ends with its instant; it begins behind
    /// its start since Prometheus 3, and with it before: so the first is either that one or the one
    /// before, which is ignored.
    Capture raw(List<String> metrics) {
        String length = "[" + range.length().toMillis() + "ms]";
        abreast.each(
                metrics,
                metric -> {
                    Matrix matrix = new Matrix(sorter, range.startMs() - 1);
                    String promQl = PromQl.of(metric, selector) + length;
                    saw(api.query(promQl, range.endMs() - 1, matrix::read), matrix);
                });
        return this;
    }

    /// The values at the points of a grid, metric by metric.
    Capture grid(List<String> metrics, Duration step) {
        abreast.each(
                metrics,
                metric -> {
                    for (TimeRange points : points(range, step.toMillis())) {
                        Matrix matrix = new Matrix(sorter, Long.MIN_VALUE);
                        String promQl = PromQl.of(metric, selector);
                        saw(api.queryRange(promQl, points, step, matrix::read), matrix);
                    }
                });
        return this;
    }

    private synchronized void saw(List<String> notices, Matrix matrix) {
        seen = seen.plus(new Observed(0, 0, matrix.lost(), notices));
    }

    /// The points of a range in as few requests as servers allow; each range begins with a point
    /// and ends just behind one.
    static List<TimeRange> points(TimeRange range, long stepMs) {
        List<TimeRange> requests = new ArrayList<>();
        long first = Math.ceilDiv(range.startMs(), stepMs) * stepMs;
        long last = Math.floorDiv(range.endMs() - 1, stepMs) * stepMs;
        while (first <= last) {
            long end = Math.min(last, first + ((MOST_POINTS - 1) * stepMs));
            requests.add(new TimeRange(first, end + 1));
            first = end + stepMs;
        }
        return requests;
    }

    /// Everything that VictoriaMetrics exports.
    Capture export() {
        api.export(PromQl.of(selector), range, new ExportLines(sorter)::read);
        return this;
    }

    /// What was read in another order.
    synchronized Capture all(Reading unsorted) {
        try (unsorted) {
            unsorted.forEachRemaining(sorter::add);
            seen = unsorted.observed();
        }
        return this;
    }

    /// What was read. Closing it closes this.
    synchronized Reading reading() {
        return sorter.sorted(seen);
    }

    @Override
    public void close() {
        sorter.close();
    }
}
