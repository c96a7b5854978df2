package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

class FileSinkTest {
    private static final int PIECE = 256 << 10;

    @Test
    void whatWasWrittenComesOut() throws IOException {
        for (int length : new int[] {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5}) {
            byte[] content = new byte[length];
            new Random(length).nextBytes(content);
            FileSink sink = new FileSink();
            sink.bytes(content);
            assertThat(sink.size()).isEqualTo(length);
            assertThat(sink.toArray()).isEqualTo(content);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            sink.writeTo(out);
            assertThat(out.toByteArray()).isEqualTo(content);
        }
    }

    @Test
    void whatIsForgottenIsWrittenAnew() {
        byte[] content = new byte[2 * PIECE + 9];
        FileSink sink = new FileSink();
        sink.bytes(content);
        sink.truncate(PIECE - 3);
        Arrays.fill(content, (byte) 7);
        sink.bytes(content);
        byte[] expected = new byte[PIECE - 3 + content.length];
        Arrays.fill(expected, PIECE - 3, expected.length, (byte) 7);
        assertThat(sink.toArray()).isEqualTo(expected);
    }
}
