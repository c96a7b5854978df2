package io.tsvault.core.series;

import java.util.Arrays;

/// Writes, checks and orders the canonical form of [Labels]. Every rule for labels stands in
/// [#check], whoever wrote the bytes.
final class CanonicalLabels {
    private CanonicalLabels() {}

    /// Sorts `name, value, name, value...` and writes them; does not check what the strings hold.
    static byte[] write(byte[][] namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    namesAndValues.length + " strings: a label name without a value");
        }
        byte[][] sorted = ascends(namesAndValues) ? namesAndValues : sorted(namesAndValues);
        byte[] canonical = new byte[size(sorted)];
        int at = 0;
        for (byte[] string : sorted) {
            at = put(string, canonical, at);
        }
        return canonical;
    }

    private static boolean ascends(byte[][] flat) {
        for (int i = 2; i < flat.length; i += 2) {
            if (Arrays.compareUnsigned(flat[i - 2], flat[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[][] sorted(byte[][] flat) {
        Integer[] order = new Integer[flat.length / 2];
        Arrays.setAll(order, i -> 2 * i);
        Arrays.sort(order, (a, b) -> Arrays.compareUnsigned(flat[a], flat[b]));
        byte[][] sorted = new byte[flat.length][];
        for (int i = 0; i < flat.length; i++) {
            sorted[i] = flat[order[i / 2] + i % 2];
        }
        return sorted;
    }

    private static int size(byte[][] strings) {
        int size = 0;
        for (byte[] string : strings) {
            int lengthBits = 32 - Integer.numberOfLeadingZeros(string.length | 1);
            size = Math.addExact(size, string.length + (lengthBits + 6) / 7);
        }
        return size;
    }

    private static int put(byte[] string, byte[] into, int start) {
        int at = start;
        int length = string.length;
        while (length > 0x7f) {
            into[at++] = (byte) (length | 0x80);
            length >>>= 7;
        }
        into[at++] = (byte) length;
        System.arraycopy(string, 0, into, at, string.length);
        return at + string.length;
    }

    /// @throws IllegalArgumentException when the bytes are not the canonical form of some labels
    static void check(byte[] canonical) {
        LabelCursor last = new LabelCursor(canonical); // Empty, so every name comes after it.
        LabelCursor string = new LabelCursor(canonical);
        while (string.next()) {
            if (string.compareTo(last) <= 0) {
                throw misplaced(string, last);
            }
            last.moveTo(string);
            if (!string.next()) {
                throw new IllegalArgumentException("label '" + last.text() + "' without a value");
            }
            if (string.isEmpty()) {
                throw new IllegalArgumentException("label '" + last.text() + "' is empty");
            }
        }
    }

    private static IllegalArgumentException misplaced(LabelCursor name, LabelCursor last) {
        if (name.isEmpty()) {
            return new IllegalArgumentException("a label without a name");
        }
        String what = "label '" + name.text() + "' ";
        return new IllegalArgumentException(
                name.compareTo(last) == 0
                        ? what + "twice"
                        : what + "behind '" + last.text() + "': names must ascend");
    }

    /// As Prometheus orders series.
    static int compare(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        if (mismatch < 0) {
            return 0;
        }
        LabelCursor inA = new LabelCursor(a);
        LabelCursor inB = new LabelCursor(b);
        while (inA.next()) {
            if (!inB.next()) {
                return 1;
            }
            if (inA.end() > mismatch) {
                return inA.compareTo(inB);
            }
        }
        return -1;
    }
}
