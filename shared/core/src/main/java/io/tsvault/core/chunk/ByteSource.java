package io.tsvault.core.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what a [ByteSink] wrote, believing nothing: whatever lies outside its bytes or its limits
/// is a [DamagedChunk].
final class ByteSource {
    private final byte[] bytes;
    private final int end;
    private final long origin;
    private final int spacing;
    private int at;

    /// @param origin where the first byte of `bytes` lies in the file, for messages
    ByteSource(byte[] bytes, long origin) {
        this(bytes, 0, bytes.length, origin, 1);
    }

    /// @param spacing how far apart in the file neighbours lie: 0 when all come from one place
    private ByteSource(byte[] bytes, int from, int end, long origin, int spacing) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.origin = origin;
        this.spacing = spacing;
    }

    /// Bytes that are in the file only in compressed form, which begins at `offset`.
    static ByteSource decompressed(byte[] bytes, long offset) {
        return new ByteSource(bytes, 0, bytes.length, offset, 0);
    }

    int u8() {
        require(1);
        return bytes[at++] & 0xff;
    }

    /// The next byte, which is read again afterwards.
    int peek() {
        require(1);
        return bytes[at] & 0xff;
    }

    int u16() {
        return u8() | (u8() << 8);
    }

    int u32() {
        return u16() | (u16() << 16);
    }

    long u64() {
        require(Long.BYTES);
        long value = (long) ByteSink.LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            if (shift == 63 && next > 1) {
                break; // a tenth byte has room for one bit
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a varint of more than 64 bits");
    }

    long zigzag() {
        return ByteSink.unzigzagged(varint());
    }

    /// A varint that counts something and may not be more than `max`.
    int count(String what, int max) {
        long value = varint();
        if (value < 0 || value > max) {
            throw damaged(Long.toUnsignedString(value) + " " + what + ", at most " + max);
        }
        return (int) value;
    }

    /// The next `length` bytes, copied.
    byte[] bytes(int length) {
        require(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /// Bytes behind their length.
    byte[] block() {
        return bytes(count("bytes", remaining()));
    }

    /// UTF-8 behind its length.
    String text() {
        return new String(block(), StandardCharsets.UTF_8);
    }

    void skip(int length) {
        require(length);
        at += length;
    }

    /// The next `length` bytes as a source of their own, not copied.
    ByteSource slice(int length) {
        require(length);
        at += length;
        return new ByteSource(bytes, at - length, at, origin, spacing);
    }

    /// A part of the file as a source of its own, not copied; it may have been read before.
    ByteSource at(RowGroup.Extent extent) {
        if (extent.length() < 0
                || extent.offset() < origin
                || extent.offset() > end() - extent.length()) {
            throw new DamagedChunk(extent.offset(), extent + " is not in what was read");
        }
        int from = (int) (extent.offset() - origin);
        return new ByteSource(bytes, from, from + extent.length(), origin, spacing);
    }

    /// Where in the file the first byte behind this source lies.
    long end() {
        return origin + end;
    }

    int remaining() {
        return end - at;
    }

    /// Where the next byte lies in [#array].
    int position() {
        return at;
    }

    /// CRC32C of the bytes read since `position`.
    int crcSince(int position) {
        return StreamSink.crc(bytes, position, at - position);
    }

    /// What it reads from; the next byte is at [#position].
    byte[] array() {
        return bytes;
    }

    /// Where the next byte lies in the file, or what it is compressed in.
    long offset() {
        return origin + ((long) spacing * at);
    }

    /// Everything must have been read.
    void requireEnd(String what) {
        if (at != end) {
            throw damaged((end - at) + " bytes behind the end of " + what);
        }
    }

    DamagedChunk damaged(String what) {
        return new DamagedChunk(offset(), what);
    }

    private void require(int length) {
        if (length < 0 || length > end - at) {
            throw damaged(length + " bytes wanted where only " + (end - at) + " are left");
        }
    }
}
