package io.tsvault.core.chunk;

import java.util.Arrays;

/// Runs of the token 0 as single bytes, for lanes in which little happens. An entropy coder of
/// bytes spends a good part of a bit on even the most likely token; a run spends it once.
///
/// A byte from 180 on, where no tokens are, stands for 2 to 77 zeros.
final class ZeroRuns {
    private static final int SHORTEST = 2;
    private static final int LONGEST = SHORTEST + 255 - Token.COUNT;

    private ZeroRuns() {}

    static byte[] shortened(byte[] tokens) {
        byte[] shorter = new byte[tokens.length];
        int size = 0;
        for (int i = 0; i < tokens.length; ) {
            int end = i;
            while (end < tokens.length && end - i < LONGEST && tokens[end] == 0) {
                end++;
            }
            if (end - i < SHORTEST) {
                shorter[size++] = tokens[i++];
            } else {
                shorter[size++] = (byte) (Token.COUNT + end - i - SHORTEST);
                i = end;
            }
        }
        return Arrays.copyOf(shorter, size);
    }

    /// The tokens again.
    ///
    /// @param limit how many there may be
    static byte[] expanded(ByteSource shorter, int limit) {
        byte[] bytes = shorter.bytes(shorter.remaining());
        long total = 0;
        for (byte token : bytes) {
            total += length(token & 0xff);
        }
        if (total > limit) {
            throw shorter.damaged(total + " tokens, at most " + limit);
        }
        byte[] tokens = new byte[(int) total];
        int at = 0;
        for (byte token : bytes) {
            if ((token & 0xff) < Token.COUNT) {
                tokens[at] = token;
            }
            at += length(token & 0xff);
        }
        return tokens;
    }

    private static int length(int token) {
        return token < Token.COUNT ? 1 : token - Token.COUNT + SHORTEST;
    }
}
