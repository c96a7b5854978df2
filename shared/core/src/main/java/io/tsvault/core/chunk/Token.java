package io.tsvault.core.chunk;

/// One byte for a residual of any size, and the bits that the byte does not say.
///
/// A residual is first made unsigned (zigzag). Small ones are their own token. Of larger ones the
/// token says where the highest bit is and what the next one is; the bits below follow in the bit
/// stream.
///
/// ```text
/// token   code (unsigned)                              bits behind
/// 0..63   the token itself                             0
/// 64 ..   from (2 + t % 2) << k, where k = t / 2 - 27  k       t = 64: 64..95, t = 65: 96..127
/// 179     from 3 << 62                                 62
/// ```
final class Token {
    /// Codes below this are their own tokens.
    static final int DIRECT = 64;

    /// How many tokens there are; 180 to 255 mean nothing.
    static final int COUNT = 180;

    private static final int DIRECT_BITS = 6;

    private static final long[] BASE = new long[COUNT];
    private static final int[] BITS = new int[COUNT];

    static {
        for (int token = 0; token < COUNT; token++) {
            int width = token < DIRECT ? 0 : ((token - DIRECT) >> 1) + DIRECT_BITS - 1;
            BITS[token] = width;
            BASE[token] = token < DIRECT ? token : (long) (2 | (token & 1)) << width;
        }
    }

    private Token() {}

    /// The token of a code.
    static int of(long code) {
        if ((code & -DIRECT) == 0) {
            return (int) code;
        }
        int top = 63 - Long.numberOfLeadingZeros(code);
        return DIRECT + ((top - DIRECT_BITS) << 1) + (int) ((code >>> (top - 1)) & 1);
    }

    /// How many bits follow.
    static int bits(int token) {
        return BITS[token];
    }

    /// The least code of a token.
    static long base(int token) {
        return BASE[token];
    }

    /// A table of [#base] for every byte; those that mean nothing give 0.
    static long[] bases() {
        return java.util.Arrays.copyOf(BASE, 256);
    }

    /// A table of [#bits] for every byte; those that mean nothing give `invalid`.
    static int[] widths(int invalid) {
        int[] widths = java.util.Arrays.copyOf(BITS, 256);
        java.util.Arrays.fill(widths, COUNT, 256, invalid);
        return widths;
    }
}
