package io.tsvault.core.chunk;

import java.util.HashMap;
import java.util.Map;

/// What the integer columns of one series' histograms have added up to so far. When traffic rises,
/// it rises in most buckets: a column is guessed as its share of those before it.
///
/// Columns are added up by their number of values: a total of `n` values is the sum of all integer
/// columns of `n` values before, value by value, 0 without any. Of column `x` with the share `s` is
/// kept, modulo 2^64 and with `>>` rounding down,
///
/// ```text
/// x(i) - ((s * (total(i) - total(0))) >> 24)
/// ```
final class ColumnTotals {
    private static final int SHARE_BITS = 24;

    private final Map<Integer, long[]> totals = new HashMap<>();

    /// The share by which `column` has moved when its total has: 0 when that never did.
    long share(long[] column) {
        long[] total = total(column);
        double moved = 0;
        double totalMoved = 0;
        for (int i = 1; i < column.length; i++) {
            moved += Math.abs((double) (column[i] - column[i - 1]));
            totalMoved += Math.abs((double) (total[i] - total[i - 1]));
        }
        return totalMoved == 0 ? 0 : Math.round(moved / totalMoved * (1 << SHARE_BITS));
    }

    /// Writes what is kept of `column` to the front of `into`.
    void subtract(long[] column, long share, long[] into) {
        long[] total = total(column);
        for (int i = 0; i < column.length; i++) {
            into[i] = column[i] - expected(total, share, i);
        }
    }

    /// Turns what was kept back into the column, in place, and adds it to its total.
    void restore(long[] column, long share) {
        long[] total = total(column);
        if (share != 0) {
            for (int i = 0; i < column.length; i++) {
                column[i] += expected(total, share, i);
            }
        }
        add(column);
    }

    /// Adds a column to its total.
    void add(long[] column) {
        long[] total = total(column);
        for (int i = 0; i < column.length; i++) {
            total[i] += column[i];
        }
    }

    private static long expected(long[] total, long share, int i) {
        return (share * (total[i] - total[0])) >> SHARE_BITS;
    }

    private long[] total(long[] column) {
        return totals.computeIfAbsent(column.length, long[]::new);
    }
}
