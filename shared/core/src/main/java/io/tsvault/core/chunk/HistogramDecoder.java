package io.tsvault.core.chunk;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;

import java.util.ArrayList;
import java.util.List;

/// Reads what a [HistogramEncoder] wrote.
final class HistogramDecoder {
    private static final int KNOWN_FLAGS = 7;
    private static final int HINT_MASK = (1 << HistogramEncoder.HINT_BITS) - 1;

    private final ColumnSource source;
    private final IntegerDecoder integers;
    private final ValueDecoder values;
    private final List<HistogramLayout> layouts = new ArrayList<>();

    HistogramDecoder(ColumnSource source, ValueDecoder values) {
        this.source = source;
        this.integers = new IntegerDecoder(source);
        this.values = values;
    }

    /// Some histograms of one series.
    private record Run(int layout, ResetHint hint, int length) {}

    /// What is decoded, and how many values it has.
    record Decoded(Histograms histograms, int values) {}

    /// Reads the histograms of one series.
    ///
    /// @param times of each of them, one or more
    /// @param limit how many values they may have
    Decoded decode(TimestampVectors.Slice times, long[] vector, int limit) {
        HistogramColumns counts = new HistogramColumns();
        List<Run> runs = new ArrayList<>();
        int left = limit;
        for (int next = 0; next < times.size(); next += runs.getLast().length()) {
            Run run = run(times.size() - next);
            runs.add(run);
            left -= room(run, left);
            counts.expect(run.layout(), layouts.get(run.layout()), run.length());
        }
        counts.begin();
        ValueColumn sums = values.decode(times.size(), times.vector());
        ColumnTotals totals = new ColumnTotals();
        for (int column = 0; column < counts.count(); column++) {
            read(counts, column, times.vector(), totals);
        }
        Histograms.Builder histograms = Histograms.builder();
        for (Run run : runs) {
            for (int i = 0; i < run.length(); i++) {
                int at = histograms.size();
                histograms.add(vector[times.from() + at], histogram(run, counts, sums.bits(at)));
            }
        }
        return new Decoded(histograms.build(), limit - left);
    }

    private int room(Run run, int left) {
        long wanted = (long) run.length() * HistogramEncoder.values(layouts.get(run.layout()));
        if (wanted > left) {
            throw source.numbers.damaged("more values of histograms than the index counts");
        }
        return (int) wanted;
    }

    private Run run(int most) {
        int known = layouts.size();
        int number =
                source.numbers.count(
                        "layouts and hints", (known << HistogramEncoder.HINT_BITS) | HINT_MASK);
        int layout = number >> HistogramEncoder.HINT_BITS;
        int length = source.numbers.count("histograms of a layout", most);
        if (length == 0) {
            throw source.numbers.damaged("a run of no histograms");
        }
        if (layout == known) {
            layouts.add(layout(known == 0 ? HistogramEncoder.NO_LAYOUT : layouts.getLast()));
        }
        return new Run(layout, HistogramEncoder.HINTS.get(number & HINT_MASK), length);
    }

    private HistogramLayout layout(HistogramLayout last) {
        int flags = source.modes.u8();
        if (flags > KNOWN_FLAGS) {
            throw source.modes.damaged("layout flags " + flags);
        }
        boolean schema = (flags & HistogramEncoder.SCHEMA_FOLLOWS) != 0;
        boolean bounds = (flags & HistogramEncoder.BOUNDS_FOLLOW) != 0;
        int schemaNumber = schema ? zigzagInt() : last.schema();
        long threshold = schema ? source.constants.u64() : last.zeroThresholdBits();
        List<Long> customBounds = bounds ? bounds() : last.customBounds();
        List<Span> positive = new ArrayList<>();
        int buckets = spans(positive, HistogramLayout.MAX_BUCKETS, HistogramLayout.MAX_BUCKETS);
        List<Span> negative = new ArrayList<>();
        spans(
                negative,
                HistogramLayout.MAX_BUCKETS - positive.size(),
                HistogramLayout.MAX_BUCKETS - buckets);
        return new HistogramLayout(
                (flags & HistogramEncoder.DOUBLES) == 0 ? Flavour.INTEGER : Flavour.FLOAT,
                schemaNumber,
                threshold,
                positive,
                negative,
                customBounds);
    }

    private int zigzagInt() {
        long value = source.numbers.zigzag();
        if (value != (int) value) {
            throw source.numbers.damaged(value + " where 32 bits are wanted");
        }
        return (int) value;
    }

    private List<Long> bounds() {
        int room = Math.min(HistogramLayout.MAX_BUCKETS, source.constants.remaining() / Long.BYTES);
        int count = source.numbers.count("custom bounds", room);
        List<Long> bounds = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            bounds.add(source.constants.u64());
        }
        return bounds;
    }

    /// Answers how many buckets the spans have.
    private int spans(List<Span> spans, int most, int mostBuckets) {
        int count = source.numbers.count("spans", most);
        int buckets = 0;
        for (int i = 0; i < count; i++) {
            int offset = zigzagInt();
            int length = source.numbers.count("buckets", mostBuckets - buckets);
            buckets += length;
            spans.add(new Span(offset, length));
        }
        return buckets;
    }

    private void read(HistogramColumns counts, int column, int vector, ColumnTotals totals) {
        long[] into = counts.values(column);
        switch (counts.flavour(column)) {
            case INTEGER -> {
                long share = source.numbers.zigzag();
                integers.decode(into, into.length);
                totals.restore(into, share);
            }
            case FLOAT -> {
                long[] bits = values.decode(into.length, vector).array();
                System.arraycopy(bits, 0, into, 0, into.length);
            }
        }
    }

    private Histogram histogram(Run run, HistogramColumns counts, long sumBits) {
        HistogramLayout layout = layouts.get(run.layout());
        int[] from = counts.of(run.layout());
        long count = counts.take(from[0]);
        long zeroCount = counts.take(from[1]);
        long parts = zeroCount;
        long[] buckets = new long[from.length - 2];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = counts.take(from[2 + i]);
            parts += buckets[i];
        }
        if (layout.flavour() == Flavour.INTEGER) {
            count += parts;
        }
        return Histogram.of(layout, run.hint(), new Totals(count, zeroCount, sumBits), buckets);
    }
}
