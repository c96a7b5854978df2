package io.tsvault.core.regex;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text made of bytes that are not all UTF-8, with U+FFFD for each that is not.
final class WellFormed {
    private final String text;

    /// Where in the bytes each character begins; the last stands behind them.
    private final int[] offsets;

    WellFormed(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer one = CharBuffer.allocate(2);
        StringBuilder out = new StringBuilder();
        int[] starts = new int[bytes.length + 1];
        while (in.hasRemaining()) {
            int start = in.position();
            int length = characterLength(decoder, in, one.clear());
            Arrays.fill(starts, out.length(), out.length() + one.flip().remaining(), start);
            out.append(one);
            in.position(start + length);
        }
        starts[out.length()] = bytes.length;
        text = out.toString();
        offsets = starts;
    }

    /// Decodes one character into `out`.
    ///
    /// @return how many bytes it takes
    private static int characterLength(CharsetDecoder decoder, ByteBuffer in, CharBuffer out) {
        int start = in.position();
        int most = Math.min(4, in.remaining());
        for (int length = 1; length <= most; length++) {
            CoderResult result = decoder.reset().decode(in.slice(start, length), out.clear(), true);
            if (result.isUnderflow()) {
                return length;
            }
        }
        out.clear().put('\ufffd');
        return 1;
    }

    static boolean is(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return isUtf8(bytes);
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), true)
                .isUnderflow();
    }

    String text() {
        return text;
    }

    int offset(int character) {
        return offsets[character];
    }
}
