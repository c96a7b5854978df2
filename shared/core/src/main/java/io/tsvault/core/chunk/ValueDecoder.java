package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Reads what a [ValueEncoder] wrote.
final class ValueDecoder {
    private static final int MODE_BITS = 7;
    private static final int KNOWN_BITS = 0x3f;

    private final ColumnSource source;
    private final IntegerDecoder integers;
    private final ValueColumns columns;
    private final Positions none = new Positions();
    private final Map<Integer, Positions> listed = new HashMap<>();
    private long[] numbers = new long[0];
    private long[] distances = new long[0];

    /// @param columns where they go
    ValueDecoder(ColumnSource source, ValueColumns columns) {
        this.source = source;
        this.integers = new IntegerDecoder(source);
        this.columns = columns;
    }

    /// Reads the next column, of `n >= 1` values.
    ///
    /// @param vector which timestamps it has
    /// @return its number
    int decode(int n, int vector) {
        int column = columns.add(n);
        if (numbers.length < n) {
            numbers = new long[n];
        }
        int mode = source.modes.u8();
        if ((mode & ~KNOWN_BITS) != 0) {
            throw source.modes.damaged("value mode " + mode);
        }
        Positions exceptions = exceptions(mode, vector, n);
        long[] overrides = overrides(mode, exceptions);
        body(ValueMode.of(mode & MODE_BITS, source.modes), column);
        int start = columns.start(column);
        for (int i = 0; i < exceptions.size(); i++) {
            columns.array()[start + exceptions.get(i)] = overrides[i];
        }
        return column;
    }

    private Positions exceptions(int mode, int vector, int n) {
        int kind = mode & (ValueEncoder.EXCEPTIONS_LISTED | ValueEncoder.EXCEPTIONS_AS_BEFORE);
        if (kind == 0) {
            return none;
        }
        Positions positions = listed.computeIfAbsent(vector, _ -> new Positions());
        if (kind == ValueEncoder.EXCEPTIONS_LISTED) {
            list(positions, n);
        } else if (kind != ValueEncoder.EXCEPTIONS_AS_BEFORE) {
            throw source.modes.damaged("value mode " + mode);
        } else if (positions.size() > 0 && positions.get(positions.size() - 1) >= n) {
            throw source.modes.damaged("an exception behind the end of its column");
        }
        return positions;
    }

    private void list(Positions positions, int n) {
        positions.clear();
        int count = source.numbers.count("exceptions", n);
        int next = 0;
        for (int i = 0; i < count; i++) {
            int position = next + source.numbers.count("values between exceptions", n - next);
            if (position >= n) {
                throw source.numbers.damaged("an exception behind the end of its column");
            }
            positions.add(position);
            next = position + 1;
        }
    }

    private long[] overrides(int mode, Positions exceptions) {
        long[] overrides = new long[exceptions.size()];
        if ((mode & ValueEncoder.EXCEPTIONS_STALE) != 0) {
            Arrays.fill(overrides, Samples.STALE_MARKER);
            return overrides;
        }
        for (int i = 0; i < overrides.length; i++) {
            overrides[i] = source.constants.u64();
        }
        return overrides;
    }

    private void body(ValueMode mode, int column) {
        long[] bits = columns.array();
        int from = columns.start(column);
        int n = columns.size(column);
        switch (mode) {
            case CONSTANT -> Arrays.fill(bits, from, from + n, source.constants.u64());
            case COPY -> System.arraycopy(bits, earlier(column), bits, from, n);
            case DECIMAL -> decimals(bits, from, n);
            case DIFFERENCE -> difference(bits, earlier(column), from, n);
            case NEAR_DECIMAL -> nearDecimals(bits, from, n);
            case ORDERED_BITS -> ordered(bits, from, n);
            case REPEATS -> repeats(bits, from, n);
        }
    }

    /// Where the column begins that this one refers to.
    private int earlier(int column) {
        int distance = source.numbers.count("columns back", column);
        if (distance == 0 || columns.size(column - distance) != columns.size(column)) {
            throw source.numbers.damaged("a column that refers to one of another length");
        }
        return columns.start(column - distance);
    }

    private void decimals(long[] bits, int from, int n) {
        int exponent = exponent();
        integers.decode(numbers, n);
        if (exponent == 0) {
            for (int i = 0; i < n; i++) {
                bits[from + i] = Double.doubleToRawLongBits((double) numbers[i]);
            }
            return;
        }
        double power = Decimals.power(exponent);
        for (int i = 0; i < n; i++) {
            bits[from + i] = Double.doubleToRawLongBits(numbers[i] / power);
        }
    }

    private int exponent() {
        int exponent = source.modes.u8();
        if (exponent > Decimals.MAX_EXPONENT) {
            throw source.modes.damaged("exponent " + exponent);
        }
        return exponent;
    }

    private void difference(long[] bits, int reference, int from, int n) {
        integers.decode(numbers, n);
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = ValueEncoder.whole(bits[reference + i], last);
            bits[from + i] = Double.doubleToRawLongBits((double) (numbers[i] + last));
        }
    }

    private void nearDecimals(long[] bits, int from, int n) {
        decimals(bits, from, n);
        if (distances.length < n) {
            distances = new long[n];
        }
        integers.decode(distances, n);
        for (int i = 0; i < n; i++) {
            bits[from + i] += distances[i];
        }
    }

    private void ordered(long[] bits, int from, int n) {
        integers.decode(numbers, n);
        for (int i = 0; i < n; i++) {
            bits[from + i] = ValueMode.ordered(numbers[i]);
        }
    }

    private void repeats(long[] bits, int from, int n) {
        for (int i = from; i < from + n; i++) {
            bits[i] = source.repeats.u64();
        }
    }
}
