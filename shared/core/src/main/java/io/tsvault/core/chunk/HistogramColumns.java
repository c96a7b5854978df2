package io.tsvault.core.chunk;

import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The columns of counts of one series' histograms. A bucket keeps its column when the layout
/// changes around it, so a layout that grows by a bucket starts one column and not all of them.
///
/// A layout has a column for the count, one for the zero count, and one for each bucket, in the
/// order in which it lists them. Two layouts share a column when flavour and schema are equal and
/// it stands for the same in both:
///
/// - the count,
/// - the zero count, or
/// - a bucket of the same side, number and turn. The number is that of [Span]; the turn says how
///   many spans of the side have gone back so far, by a negative offset other than the first.
///   Within a turn the numbers ascend, so no layout has two buckets in one column.
///
/// Columns are numbered as they come, layout by layout.
final class HistogramColumns {
    private static final int COUNT = 0;
    private static final int ZERO_COUNT = 1;
    private static final int POSITIVE = 2;
    private static final int NEGATIVE = 3;
    private static final int SIDES = 4;

    /// @param part `4 * turn + side`; the count and the zero count have sides of their own
    private record Key(Flavour flavour, int schema, int part, long number) {}

    private final Map<Key, Integer> numbers = new HashMap<>();
    private final Map<Integer, int[]> ofLayout = new HashMap<>();
    private final List<Flavour> flavours = new ArrayList<>();
    private int[] sizes = new int[64];
    private long[][] values = new long[0][];
    private int[] at = new int[0];

    /// Makes room for more samples of a layout.
    ///
    /// @param number of the layout in the group
    void expect(int number, HistogramLayout layout, int samples) {
        for (int column : ofLayout.computeIfAbsent(number, _ -> columns(layout))) {
            sizes[column] += samples;
        }
    }

    /// The columns of a layout that was expected: count, zero count, buckets.
    int[] of(int number) {
        return Objects.requireNonNull(ofLayout.get(number));
    }

    /// Allocates all columns; no layout can be expected any more.
    void begin() {
        values = new long[flavours.size()][];
        Arrays.setAll(values, i -> new long[sizes[i]]);
        at = new int[values.length];
    }

    int count() {
        return values.length;
    }

    Flavour flavour(int column) {
        return flavours.get(column);
    }

    /// All values of a column.
    long[] values(int column) {
        return values[column];
    }

    /// Writes the next value of a column.
    void put(int column, long value) {
        values[column][at[column]++] = value;
    }

    /// Reads the next value of a column.
    long take(int column) {
        return values[column][at[column]++];
    }

    private int[] columns(HistogramLayout layout) {
        int[] columns = new int[2 + layout.buckets()];
        columns[0] = number(new Key(layout.flavour(), layout.schema(), COUNT, 0));
        columns[1] = number(new Key(layout.flavour(), layout.schema(), ZERO_COUNT, 0));
        int next = buckets(layout, POSITIVE, layout.positive(), columns, 2);
        buckets(layout, NEGATIVE, layout.negative(), columns, next);
        return columns;
    }

    private int buckets(
            HistogramLayout layout, int side, List<Span> spans, int[] columns, int from) {
        int next = from;
        int part = side;
        long number = 0;
        for (int i = 0; i < spans.size(); i++) {
            number += spans.get(i).offset();
            part += i > 0 && spans.get(i).offset() < 0 ? SIDES : 0;
            for (int end = next + spans.get(i).length(); next < end; next++) {
                Key key = new Key(layout.flavour(), layout.schema(), part, number++);
                columns[next] = number(key);
            }
        }
        return next;
    }

    private int number(Key key) {
        Integer known = numbers.putIfAbsent(key, flavours.size());
        if (known != null) {
            return known;
        }
        if (flavours.size() == sizes.length) {
            sizes = Arrays.copyOf(sizes, 2 * sizes.length);
        }
        flavours.add(key.flavour());
        return flavours.size() - 1;
    }
}
