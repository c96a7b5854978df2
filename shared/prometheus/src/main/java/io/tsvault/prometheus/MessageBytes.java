package io.tsvault.prometheus;

import io.tsvault.core.series.Samples;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes of a protobuf message in the making. Samples, which are nearly all of a write, are put
/// down by hand: an object for each, as the generated classes need, takes several times as long
/// (see the benchmarks).
final class MessageBytes {
    private static final VarHandle LITTLE_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK = 2;
    private static final byte SAMPLES = (2 << 3) | BLOCK; // in both versions of the message
    private static final byte VALUE = (1 << 3) | 1;
    private static final byte TIME = 2 << 3;
    private static final int MOST_SAMPLE_BYTES = 2 + 9 + 11;

    private byte[] bytes;
    private int at;

    MessageBytes(int expected) {
        bytes = new byte[expected];
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, at);
    }

    private void reserve(long more) {
        long needed = at + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 2L * bytes.length)));
        }
    }

    /// Begins a part whose length is known when it is written.
    ///
    /// @return for [#end]
    int begin(int field) {
        reserve(16);
        tag(field);
        at += 5;
        return at;
    }

    /// Five bytes whatever the length: no reader minds.
    void end(int begun) {
        int length = at - begun;
        for (int i = 0; i < 4; i++) {
            bytes[begun - 5 + i] = (byte) (((length >>> (7 * i)) & 0x7f) | 0x80);
        }
        bytes[begun - 1] = (byte) (length >>> 28);
    }

    void block(int field, byte[] content) {
        block(field, content, content.length);
    }

    void block(int field, MessageBytes content) {
        block(field, content.bytes, content.at);
    }

    private void block(int field, byte[] content, int length) {
        reserve(16L + length);
        tag(field);
        varint(length);
        System.arraycopy(content, 0, bytes, at, length);
        at += length;
    }

    /// What was written elsewhere, as it is.
    void append(MessageBytes other) {
        reserve(other.at);
        System.arraycopy(other.bytes, 0, bytes, at, other.at);
        at += other.at;
    }

    void clear() {
        at = 0;
    }

    private void tag(int field) {
        bytes[at++] = (byte) ((field << 3) | BLOCK);
    }

    /// A number without a tag, as in a packed list.
    void number(int value) {
        reserve(5);
        varint(value);
    }

    void samples(Samples samples) {
        reserve((long) MOST_SAMPLE_BYTES * samples.size());
        for (int i = 0; i < samples.size(); i++) {
            long timestampMs = samples.timestampMs(i);
            bytes[at] = SAMPLES;
            bytes[at + 1] = (byte) (1 + Double.BYTES + 1 + varintLength(timestampMs));
            bytes[at + 2] = VALUE;
            LITTLE_LONG.set(bytes, at + 3, samples.valueBits(i));
            bytes[at + 11] = TIME;
            at += 12;
            varint(timestampMs);
        }
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
    }

    private static int varintLength(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }
}
