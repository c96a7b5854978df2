package io.tsvault.core.chunk;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the native histograms of one series: see "Native histograms" in the description of the
/// package.
final class HistogramEncoder {
    /// Reset hints by their numbers.
    static final List<ResetHint> HINTS =
            List.of(ResetHint.UNKNOWN, ResetHint.YES, ResetHint.NO, ResetHint.GAUGE);

    static final int HINT_BITS = 2;
    static final int DOUBLES = 1;
    static final int SCHEMA_FOLLOWS = 2;
    static final int BOUNDS_FOLLOW = 4;

    /// What the first layout of a group is compared with.
    static final HistogramLayout NO_LAYOUT =
            new HistogramLayout(Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of());

    /// What a share costs, in bits.
    private static final long SHARE_COST = 24;

    private final ColumnSink sink;
    private final IntegerEncoder integers;
    private final ValueEncoder values;
    private final Map<HistogramLayout, Integer> layouts = new HashMap<>();
    private HistogramLayout last = NO_LAYOUT;
    private long[] rest = new long[0];

    HistogramEncoder(ColumnSink sink, IntegerEncoder integers, ValueEncoder values) {
        this.sink = sink;
        this.integers = integers;
        this.values = values;
    }

    /// How many numbers a histogram is made of: count, zero count, sum, buckets, and those of its
    /// layout, as if no other histogram had the same; so that no layout, however odd, exceeds what
    /// [GroupDecoder#limit] allows.
    static int values(HistogramLayout layout) {
        return 3
                + layout.buckets()
                + layout.positive().size()
                + layout.negative().size()
                + layout.customBounds().size();
    }

    /// Begins another group.
    void clear() {
        layouts.clear();
        last = NO_LAYOUT;
    }

    /// Writes one histogram or more.
    ///
    /// @param vector which timestamps they have
    void encode(Histograms histograms, int vector) {
        HistogramColumns columns = new HistogramColumns();
        int[] layout = runs(histograms, columns);
        columns.begin();
        int sum = values.columns().add(histograms.size());
        int start = values.columns().start(sum);
        for (int i = 0; i < histograms.size(); i++) {
            Histogram histogram = histograms.histogram(i);
            values.columns().array()[start + i] = histogram.totals().sumBits();
            put(histogram, columns, columns.of(layout[i]));
        }
        values.encode(vector, ValueEncoder.NO_LABELS);
        ColumnTotals totals = new ColumnTotals();
        for (int column = 0; column < columns.count(); column++) {
            long[] counts = columns.values(column);
            switch (columns.flavour(column)) {
                case INTEGER -> integers(counts, totals);
                case FLOAT -> doubles(counts, vector);
            }
        }
    }

    /// Writes the runs; answers the number of each histogram's layout.
    private int[] runs(Histograms histograms, HistogramColumns columns) {
        int[] numbers = new int[histograms.size()];
        int end;
        for (int start = 0; start < numbers.length; start = end) {
            Histogram first = histograms.histogram(start);
            end = start + 1;
            while (end < numbers.length && alike(first, histograms.histogram(end))) {
                end++;
            }
            int number = run(first, end - start);
            columns.expect(number, first.layout(), end - start);
            Arrays.fill(numbers, start, end, number);
        }
        return numbers;
    }

    private static boolean alike(Histogram a, Histogram b) {
        return a.resetHint() == b.resetHint() && a.layout().equals(b.layout());
    }

    private int run(Histogram first, int length) {
        Integer known = layouts.putIfAbsent(first.layout(), layouts.size());
        int number = known == null ? layouts.size() - 1 : known;
        sink.numbers.varint(((long) number << HINT_BITS) | HINTS.indexOf(first.resetHint()));
        sink.numbers.varint(length);
        if (known == null) {
            layout(first.layout());
        }
        return number;
    }

    private void layout(HistogramLayout layout) {
        boolean schema =
                layout.schema() != last.schema()
                        || layout.zeroThresholdBits() != last.zeroThresholdBits();
        boolean bounds = !layout.customBounds().equals(last.customBounds());
        sink.modes.u8(
                (layout.flavour() == Flavour.FLOAT ? DOUBLES : 0)
                        | (schema ? SCHEMA_FOLLOWS : 0)
                        | (bounds ? BOUNDS_FOLLOW : 0));
        if (schema) {
            sink.numbers.zigzag(layout.schema());
            sink.constants.u64(layout.zeroThresholdBits());
        }
        if (bounds) {
            sink.numbers.varint(layout.customBounds().size());
            layout.customBounds().forEach(sink.constants::u64);
        }
        spans(layout.positive());
        spans(layout.negative());
        last = layout;
    }

    private void spans(List<Span> spans) {
        sink.numbers.varint(spans.size());
        for (Span span : spans) {
            sink.numbers.zigzag(span.offset());
            sink.numbers.varint(span.length());
        }
    }

    private static void put(Histogram histogram, HistogramColumns columns, int[] to) {
        Totals totals = histogram.totals();
        long parts = totals.zeroCount();
        for (int i = 0; i < histogram.buckets(); i++) {
            columns.put(to[2 + i], histogram.bucket(i));
            parts += histogram.bucket(i);
        }
        boolean adds = histogram.layout().flavour() == Flavour.INTEGER;
        columns.put(to[0], totals.count() - (adds ? parts : 0));
        columns.put(to[1], totals.zeroCount());
    }

    private void integers(long[] counts, ColumnTotals totals) {
        int n = counts.length;
        if (rest.length < n) {
            rest = new long[n];
        }
        IntegerPlan plan = integers.plan(counts, n);
        long share = totals.share(counts);
        totals.subtract(counts, share, rest);
        IntegerPlan shared = integers.plan(rest, n);
        if (shared.bits() + SHARE_COST < plan.bits()) {
            sink.numbers.zigzag(share);
            integers.write(shared, rest, n);
        } else {
            sink.numbers.zigzag(0);
            integers.write(plan, counts, n);
        }
        totals.add(counts);
    }

    private void doubles(long[] bits, int vector) {
        int column = values.columns().add(bits.length);
        System.arraycopy(
                bits, 0, values.columns().array(), values.columns().start(column), bits.length);
        values.encode(vector, ValueEncoder.NO_LABELS);
    }
}
