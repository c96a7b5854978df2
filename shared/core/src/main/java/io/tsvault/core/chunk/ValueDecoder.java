package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what a [ValueEncoder] wrote.
final class ValueDecoder {
    private static final int MODE_BITS = 7;
    private static final int KNOWN_BITS = 0x3f;

    /// To share a column costs as much memory as so many values.
    private static final int SHARED = 8;

    private final ColumnSource source;
    private final IntegerDecoder integers;
    private final Tally tally = new Tally();
    private final List<ValueColumn> columns = new ArrayList<>();
    private final Map<Constant, ValueColumn> constants = new HashMap<>();
    private final Positions none = new Positions();
    private final Map<Integer, Positions> listed = new HashMap<>();
    private long[] numbers = new long[0];
    private long[] distances = new long[0];

    ValueDecoder(ColumnSource source) {
        this.source = source;
        this.integers = new IntegerDecoder(source);
    }

    private record Constant(long bits, int size) {}

    /// Reads the next column, of `n >= 1` values.
    ///
    /// @param vector which timestamps it has
    ValueColumn decode(int n, int vector) {
        int mode = source.modes.u8();
        if ((mode & ~KNOWN_BITS) != 0) {
            throw source.modes.damaged("value mode " + mode);
        }
        Positions exceptions = exceptions(mode, vector, n);
        long[] overrides = overrides(mode, exceptions);
        ValueMode valueMode = ValueMode.of(mode & MODE_BITS, source.modes);
        tally.column(valueMode, n);
        ValueColumn column = body(valueMode, n);
        if (overrides.length > 0) {
            if (valueMode == ValueMode.CONSTANT || valueMode == ValueMode.COPY) {
                column = new ValueColumn(column.array().clone());
            }
            for (int i = 0; i < overrides.length; i++) {
                column.array()[exceptions.get(i)] = overrides[i];
            }
        }
        columns.add(column);
        return column;
    }

    /// What the columns so far were written as.
    Tally tally() {
        return tally;
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

    private ValueColumn body(ValueMode mode, int n) {
        if (numbers.length < n) {
            numbers = new long[n];
        }
        return switch (mode) {
            case CONSTANT -> constant(new Constant(source.constants.u64(), n));
            case COPY -> earlier(n);
            case DECIMAL -> decimals(n);
            case DIFFERENCE -> difference(earlier(n), n);
            case NEAR_DECIMAL -> nearDecimals(n);
            case ORDERED_BITS -> ordered(n);
            case REPEATS -> repeats(n);
        };
    }

    private ValueColumn constant(Constant constant) {
        ValueColumn known = constants.get(constant);
        if (known != null) {
            return known;
        }
        long[] bits = new long[constant.size];
        Arrays.fill(bits, constant.bits);
        ValueColumn column = new ValueColumn(bits);
        if (constant.size >= SHARED) {
            constants.put(constant, column);
        }
        return column;
    }

    /// The column that the next one refers to.
    private ValueColumn earlier(int n) {
        int distance = source.numbers.count("columns back", columns.size());
        if (distance == 0 || columns.get(columns.size() - distance).size() != n) {
            throw source.numbers.damaged("a column that refers to one of another length");
        }
        return columns.get(columns.size() - distance);
    }

    private ValueColumn decimals(int n) {
        int exponent = exponent();
        integers.decode(numbers, n);
        long[] bits = new long[n];
        if (exponent == 0) {
            for (int i = 0; i < n; i++) {
                bits[i] = Double.doubleToRawLongBits((double) numbers[i]);
            }
            return new ValueColumn(bits);
        }
        double power = Decimals.power(exponent);
        for (int i = 0; i < n; i++) {
            bits[i] = Double.doubleToRawLongBits(numbers[i] / power);
        }
        return new ValueColumn(bits);
    }

    private int exponent() {
        int exponent = source.modes.u8();
        if (exponent > Decimals.MAX_EXPONENT) {
            throw source.modes.damaged("exponent " + exponent);
        }
        return exponent;
    }

    private ValueColumn difference(ValueColumn reference, int n) {
        integers.decode(numbers, n);
        long[] bits = new long[n];
        long last = 0;
        for (int i = 0; i < n; i++) {
            last = ValueEncoder.whole(reference.bits(i), last);
            bits[i] = Double.doubleToRawLongBits((double) (numbers[i] + last));
        }
        return new ValueColumn(bits);
    }

    private ValueColumn nearDecimals(int n) {
        ValueColumn column = decimals(n);
        if (distances.length < n) {
            distances = new long[n];
        }
        integers.decode(distances, n);
        for (int i = 0; i < n; i++) {
            column.array()[i] += distances[i];
        }
        return column;
    }

    private ValueColumn ordered(int n) {
        integers.decode(numbers, n);
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) {
            bits[i] = ValueMode.ordered(numbers[i]);
        }
        return new ValueColumn(bits);
    }

    private ValueColumn repeats(int n) {
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) {
            bits[i] = source.repeats.u64();
        }
        return new ValueColumn(bits);
    }
}
