package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

import java.util.HashMap;
import java.util.Map;

/// Chooses how a column of doubles is written, and writes it: see "Doubles" in the description of
/// the package.
final class ValueEncoder {
    static final int EXCEPTIONS_LISTED = 1 << 3;
    static final int EXCEPTIONS_AS_BEFORE = 2 << 3;
    static final int EXCEPTIONS_STALE = 1 << 5;

    /// Of columns that belong to no series alone.
    static final byte[] NO_LABELS = {};

    /// Decimals with more digits may as well be sums that went astray.
    private static final int DEAR_EXPONENT = 10;

    /// A value in REPEATS costs this many bits when it was there before, and when it was not; the
    /// first from measurements with zstd.
    private static final long KNOWN_BITS = 18;

    private static final long NEW_BITS = 66;

    /// Columns whose values cost less are not looked at for repeats.
    private static final long DEAR_BITS = 12;

    /// What an exception costs besides its place in the column.
    private static final long EXCEPTION_BITS = 80;

    private final ColumnSink sink;
    private final IntegerEncoder integers;
    private final Decimals decimals = new Decimals();
    private final NearDecimals near = new NearDecimals();
    private final Positions none = new Positions();
    private final Positions stale = new Positions();
    private final Map<Integer, Positions> listed = new HashMap<>();
    private final Map<Long, Integer> columnByHash = new HashMap<>();
    private final BucketFamilies families = new BucketFamilies();
    private final RecentValues recent = new RecentValues();
    private final ValueColumns columns = new ValueColumns(1 << 16);
    private long[] other = new long[0];
    private long[] bits = new long[0];
    private int from;
    private int n;
    private int vector;

    ValueEncoder(ColumnSink sink) {
        this.sink = sink;
        integers = new IntegerEncoder(sink);
    }

    /// Begins another group.
    void clear() {
        listed.clear();
        columnByHash.clear();
        families.clear();
        columns.clear();
    }

    /// The columns of this group so far.
    ValueColumns columns() {
        return columns;
    }

    /// Writes the last one of [#columns], which has one value or more.
    ///
    /// @param vector which timestamps it has
    /// @param labels of the series in canonical form
    /// @return XXH64 of the values
    long encode(int vector, byte[] labels) {
        int column = columns.count() - 1;
        bits = columns.array();
        from = columns.start(column);
        n = columns.size(column);
        this.vector = vector;
        if (other.length < n) {
            other = new long[n];
        }
        long hash = XxHash.of(bits, from, n);
        if (!constant() && !copy(column, hash)) {
            if (decimals.fit(bits, from, n)) {
                decimal(column, labels);
            } else {
                dear(planOrdered(), ValueMode.ORDERED_BITS);
            }
        }
        return hash;
    }

    private boolean copy(int column, long hash) {
        Integer earlier = columnByHash.putIfAbsent(hash, column);
        if (earlier == null || !columns.same(earlier, column)) {
            return false;
        }
        sink.modes.u8(ValueMode.COPY.number());
        sink.numbers.varint(column - earlier);
        return true;
    }

    /// One value, with nothing else between but stale markers?
    private boolean constant() {
        stale.clear();
        long value = Samples.STALE_MARKER;
        for (int i = from; i < from + n; i++) {
            if (bits[i] == Samples.STALE_MARKER) {
                stale.add(i - from);
            } else if (value == Samples.STALE_MARKER) {
                value = bits[i];
            } else if (bits[i] != value) {
                return false;
            }
        }
        boolean onlyStale = value == Samples.STALE_MARKER;
        begin(ValueMode.CONSTANT, onlyStale ? none : stale);
        sink.constants.u64(value);
        return true;
    }

    private void decimal(int column, byte[] labels) {
        IntegerPlan plan = integers.plan(decimals.integers(), n);
        if (decimals.exponent() >= DEAR_EXPONENT) {
            dear(plan, ValueMode.DECIMAL);
        } else if (decimals.exponent() > 0 || !difference(plan, column, labels)) {
            writeDecimal(plan);
        }
    }

    /// Writes the difference from the bucket before this one, if that is cheaper.
    private boolean difference(IntegerPlan plan, int column, byte[] labels) {
        int reference = families.before(labels, column);
        if (reference < 0 || columns.size(reference) != n) {
            return false;
        }
        subtract(columns.start(reference));
        IntegerPlan difference = integers.plan(other, n);
        if (difference.bits() + 8 >= plan.bits()) {
            return false;
        }
        begin(ValueMode.DIFFERENCE, decimals.exceptions);
        sink.numbers.varint(column - reference);
        integers.write(difference, other, n);
        return true;
    }

    private void writeDecimal(IntegerPlan plan) {
        begin(ValueMode.DECIMAL, decimals.exceptions);
        sink.modes.u8(decimals.exponent());
        integers.write(plan, decimals.integers(), n);
    }

    private void subtract(int reference) {
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = whole(bits[reference + i], last);
            other[i] = decimals.integers()[i] - last;
        }
    }

    /// The whole number that a reference stands for; a NaN for the one before it.
    static long whole(long bits, long last) {
        double value = Double.longBitsToDouble(bits);
        return Double.isNaN(value) ? last : (long) value;
    }

    /// Values with many digits: as planned, or near decimals, or repeats.
    private void dear(IntegerPlan plan, ValueMode planned) {
        if (near.fit(bits, from, n) && nearDecimal(plan)) {
            return;
        }
        if (plan.bits() > n * DEAR_BITS && repeatBits(plan.bits()) + 32 < plan.bits()) {
            begin(ValueMode.REPEATS, none);
            for (int i = from; i < from + n; i++) {
                sink.repeats.u64(bits[i]);
            }
        } else if (planned == ValueMode.DECIMAL) {
            writeDecimal(plan);
        } else {
            begin(planned, stale);
            integers.write(plan, other, n);
        }
    }

    private boolean nearDecimal(IntegerPlan plan) {
        IntegerPlan whole = integers.plan(near.integers(), n);
        IntegerPlan distance = integers.plan(near.distances(), n);
        long cost = whole.bits() + distance.bits() + (EXCEPTION_BITS * near.exceptions.size());
        if (cost + 64 >= plan.bits()) {
            return false;
        }
        begin(ValueMode.NEAR_DECIMAL, near.exceptions);
        sink.modes.u8(near.exponent());
        integers.write(whole, near.integers(), n);
        integers.write(distance, near.distances(), n);
        return true;
    }

    private IntegerPlan planOrdered() {
        stale.clear();
        for (int i = 0; i < n; i++) {
            other[i] = ValueMode.ordered(bits[from + i]);
            if (bits[from + i] == Samples.STALE_MARKER) {
                stale.add(i);
            }
        }
        stale.carryOver(other, n);
        return integers.plan(other, n);
    }

    private long repeatBits(long limit) {
        recent.clear(n);
        long cost = 0;
        for (int i = from; i < from + n && cost < limit; i++) {
            if (i > from && bits[i] == bits[i - 1]) {
                cost++;
            } else {
                cost += recent.add(bits[i]) ? NEW_BITS : KNOWN_BITS;
            }
        }
        return cost;
    }

    private void begin(ValueMode mode, Positions exceptions) {
        if (exceptions.size() == 0) {
            sink.modes.u8(mode.number());
            return;
        }
        Positions before = listed.computeIfAbsent(vector, _ -> new Positions());
        boolean same = exceptions.same(before);
        boolean allStale = allStale(exceptions);
        int kind = same ? EXCEPTIONS_AS_BEFORE : EXCEPTIONS_LISTED;
        sink.modes.u8(mode.number() | kind | (allStale ? EXCEPTIONS_STALE : 0));
        if (!same) {
            list(exceptions);
            before.copyFrom(exceptions);
        }
        for (int i = 0; i < exceptions.size() && !allStale; i++) {
            sink.constants.u64(bits[from + exceptions.get(i)]);
        }
    }

    private void list(Positions exceptions) {
        sink.numbers.varint(exceptions.size());
        int next = 0;
        for (int i = 0; i < exceptions.size(); i++) {
            sink.numbers.varint(exceptions.get(i) - next);
            next = exceptions.get(i) + 1;
        }
    }

    private boolean allStale(Positions exceptions) {
        for (int i = 0; i < exceptions.size(); i++) {
            if (bits[from + exceptions.get(i)] != Samples.STALE_MARKER) {
                return false;
            }
        }
        return true;
    }
}
