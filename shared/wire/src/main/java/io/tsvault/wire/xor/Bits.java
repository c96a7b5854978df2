package io.tsvault.wire.xor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bits in an array of bytes, the highest of each byte first, by the number of a bit. Everything
/// moves eight bytes at once: the array has to reach that far, whatever is there.
final class Bits {
    /// So many bits fit into one move, wherever they begin.
    static final int AT_ONCE = 57;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bits() {}

    /// The bits from `position` on, the first one highest; at least [#AT_ONCE] of them are real.
    static long peek(byte[] bytes, int position) {
        return (long) LONG.get(bytes, position >>> 3) << (position & 7);
    }

    /// The `count` bits from `position` on, 1 to 64, as a number.
    static long get(byte[] bytes, int position, int count) {
        int ninth = bytes[(position >>> 3) + 8] & 0xff;
        return (peek(bytes, position) | (ninth >>> (8 - (position & 7)))) >>> (64 - count);
    }

    /// Puts the lowest `count` bits of `tail`, 1 to [#AT_ONCE], at `position`, and zeros behind.
    /// The bits of `tail` above them have to repeat those before `position`, back to its byte.
    ///
    /// @return where the next bits go
    static int put(byte[] bytes, int position, long tail, int count) {
        LONG.set(bytes, position >>> 3, tail << -((position & 7) + count));
        return position + count;
    }

    /// The same for 14 to 64 bits, and `bits` above them may be anything: it looks up what the byte
    /// begins with, which makes it slower.
    static int putWide(byte[] bytes, int position, long bits, int count) {
        long before = (bytes[position >>> 3] & 0xffL) >>> (8 - (position & 7));
        int low = count / 2;
        int high = count - low;
        long clean = bits << (64 - count) >>> (64 - high);
        return put(bytes, put(bytes, position, (before << high) | clean, high), bits, low);
    }
}
