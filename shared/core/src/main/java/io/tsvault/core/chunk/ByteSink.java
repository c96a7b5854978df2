package io.tsvault.core.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow at the end. Numbers are little-endian; varints are LEB128.
final class ByteSink {
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[256];
    private int size;

    void u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void u16(int value) {
        u8(value);
        u8(value >>> 8);
    }

    void u32(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void u64(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    /// An unsigned number, 7 bits a byte, the lowest first.
    void varint(long value) {
        reserve(10); // 64 bits at 7 a byte
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// A signed number as a varint: 0, -1, 1, -2, 2...
    void zigzag(long value) {
        varint(zigzagged(value));
    }

    void bytes(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    /// The same behind its length.
    void block(byte[] source) {
        varint(source.length);
        bytes(source);
    }

    /// UTF-8 behind its length.
    void text(String text) {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    void append(ByteSink that) {
        bytes(that.bytes, 0, that.size);
    }

    int size() {
        return size;
    }

    /// Everything so far; bytes behind [#size] have no meaning. Valid until the next write.
    byte[] array() {
        return bytes;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
    }

    /// Forgets what lies behind the first `length` bytes.
    void truncate(int length) {
        size = length;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    static long zigzagged(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long unzigzagged(long code) {
        return (code >>> 1) ^ -(code & 1);
    }
}
