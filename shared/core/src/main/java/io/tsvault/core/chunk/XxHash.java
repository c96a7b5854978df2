package io.tsvault.core.chunk;

/// XXH64 with seed 0, over bytes or over 64-bit numbers as their little-endian bytes. Fast enough
/// to be computed at every read.
final class XxHash {
    private static final long P1 = 0x9e3779b185ebca87L;
    private static final long P2 = 0xc2b2ae3d27d4eb4fL;
    private static final long P3 = 0x165667b19e3779f9L;
    private static final long P4 = 0x85ebca77c2b2ae63L;
    private static final long P5 = 0x27d4eb2f165667c5L;

    private static final long P1_PLUS_P2 = 0x60ea27eeadc0b5d6L; // modulo 2^64

    private XxHash() {}

    static long of(long[] words, int from, int length) {
        int at = from;
        int end = from + length;
        long hash = P5;
        if (length >= 4) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (; at + 4 <= end; at += 4) {
                a = round(a, words[at]);
                b = round(b, words[at + 1]);
                c = round(c, words[at + 2]);
                d = round(d, words[at + 3]);
            }
            hash = merged(a, b, c, d);
        }
        hash += 8L * length;
        for (; at < end; at++) {
            hash = word(hash, words[at]);
        }
        return avalanche(hash);
    }

    static long of(byte[] bytes) {
        int words = bytes.length / 8;
        int striped = words & ~3;
        long hash = P5;
        if (striped > 0) {
            long a = P1_PLUS_P2;
            long b = P2;
            long c = 0;
            long d = -P1;
            for (int i = 0; i < striped; i += 4) {
                a = round(a, word(bytes, i));
                b = round(b, word(bytes, i + 1));
                c = round(c, word(bytes, i + 2));
                d = round(d, word(bytes, i + 3));
            }
            hash = merged(a, b, c, d);
        }
        hash += bytes.length;
        for (int i = striped; i < words; i++) {
            hash = word(hash, word(bytes, i));
        }
        return avalanche(tail(hash, bytes, 8 * words));
    }

    private static long tail(long start, byte[] bytes, int from) {
        long hash = start;
        int at = from;
        if (bytes.length - at >= 4) {
            long half = 0;
            for (int i = 3; i >= 0; i--) {
                half = (half << 8) | (bytes[at + i] & 0xff);
            }
            hash = (Long.rotateLeft(hash ^ (half * P1), 23) * P2) + P3;
            at += 4;
        }
        for (; at < bytes.length; at++) {
            hash = Long.rotateLeft(hash ^ ((bytes[at] & 0xff) * P5), 11) * P1;
        }
        return hash;
    }

    private static long word(byte[] bytes, int i) {
        return (long) ByteSink.LONG.get(bytes, 8 * i);
    }

    private static long word(long hash, long word) {
        return (Long.rotateLeft(hash ^ round(0, word), 27) * P1) + P4;
    }

    private static long round(long state, long word) {
        return Long.rotateLeft(state + (word * P2), 31) * P1;
    }

    private static long merged(long a, long b, long c, long d) {
        long hash =
                Long.rotateLeft(a, 1)
                        + Long.rotateLeft(b, 7)
                        + Long.rotateLeft(c, 12)
                        + Long.rotateLeft(d, 18);
        return merge(merge(merge(merge(hash, a), b), c), d);
    }

    private static long merge(long hash, long state) {
        return ((hash ^ round(0, state)) * P1) + P4;
    }

    private static long avalanche(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * P2;
        h = (h ^ (h >>> 29)) * P3;
        return h ^ (h >>> 32);
    }
}
