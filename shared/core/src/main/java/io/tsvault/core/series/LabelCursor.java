package io.tsvault.core.series;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks the strings of a canonical form in their order: name, value, name, value. It holds every
/// length against the bytes that are there, so it may walk bytes from anywhere.
final class LabelCursor {
    /// That of the fifth byte of a length: 35 bits are more than any array has bytes.
    private static final int MAX_SHIFT = 28;

    private final byte[] bytes;
    private int start;
    private int end;

    /// Before the first string.
    LabelCursor(byte[] canonical) {
        this.bytes = canonical;
    }

    /// Goes on to the next string; false behind the last.
    ///
    /// @throws IllegalArgumentException when the bytes there are no string
    boolean next() {
        if (end == bytes.length) {
            return false;
        }
        start = end + 1;
        byte first = bytes[end];
        long length = first < 0 ? longLength(first) : first;
        if (length > bytes.length - start) {
            throw fault("a length beyond the end");
        }
        end = start + (int) length;
        return true;
    }

    /// The length that begins with `first` and goes on at `start`.
    private long longLength(byte first) {
        long length = first & 0x7f;
        byte part = first;
        for (int shift = 7; part < 0; shift += 7) {
            if (start == bytes.length || shift > MAX_SHIFT) {
                throw fault("a length without an end");
            }
            part = bytes[start++];
            length |= (part & 0x7fL) << shift;
        }
        if (part == 0) {
            throw fault("a length longer than it needs to be");
        }
        return length;
    }

    /// Goes to where `that` is, in the same bytes.
    void moveTo(LabelCursor that) {
        start = that.start;
        end = that.end;
    }

    /// The position behind the string.
    int end() {
        return end;
    }

    boolean isEmpty() {
        return start == end;
    }

    boolean is(byte[] wanted) {
        return Arrays.equals(bytes, start, end, wanted, 0, wanted.length);
    }

    int compareTo(LabelCursor that) {
        return Arrays.compareUnsigned(bytes, start, end, that.bytes, that.start, that.end);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    String text() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("labels with " + what + " at byte " + end);
    }
}
