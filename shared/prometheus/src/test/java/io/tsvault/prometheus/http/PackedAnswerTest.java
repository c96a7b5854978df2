package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class PackedAnswerTest {
    private static final byte[] PLAIN = new byte[300_000];

    static {
        new Random(7).nextBytes(PLAIN);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static byte[] read(String encoding, byte[] body) throws IOException {
        try (OwnServer server = new OwnServer(OwnServer.packed(encoding, body));
                Http http = server.client(Map.of());
                Answer answer = http.send(OwnServer.CALL)) {
            return answer.bytes();
        }
    }

    @Test
    void aPackedAnswerIsUnpacked() throws IOException {
        assertThat(read("gzip", gzip(PLAIN))).isEqualTo(PLAIN);
        assertThat(read("zstd", Zstd.compress(PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void whatWasNotAskedForIsRefused() {
        assertThatThrownBy(() -> read("br", PLAIN))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("packed by \"br\" unasked");
    }

    @Test
    void S07_everyCutOfAPackedAnswerIsSeen() throws IOException {
        byte[] plain = "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8);
        requireCutsSeen("gzip", gzip(plain));
        requireCutsSeen("zstd", Zstd.compress(plain));
    }

    private static void requireCutsSeen(String encoding, byte[] whole) {
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(encoding, cut))
                    .as("%s of %s bytes of %s", length, whole.length, encoding)
                    .isInstanceOf(Transient.class);
        }
    }

    @Test
    void S13_aBombIsNotUnpacked() throws IOException {
        byte[] zeros = new byte[64 << 20];
        for (Map.Entry<String, byte[]> bomb :
                Map.of("gzip", gzip(zeros), "zstd", Zstd.compress(zeros)).entrySet()) {
            assertThatThrownBy(() -> read(bomb.getKey(), bomb.getValue()))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("more than 200 times its size");
        }
        assertThat(read("gzip", gzip(new byte[1 << 20])))
                .as("a MiB may be of zeros")
                .hasSize(1 << 20);
    }

    @Test
    void S13_aFrameOfZstdMayNotAskForMuchMemory() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream zstd = new ZstdOutputStream(packed)) {
            zstd.setLong(27);
            zstd.write(PLAIN);
        }
        assertThatThrownBy(() -> read("zstd", packed.toByteArray()))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("not zstd: ");
    }

    @Test
    void whatFollowsAFrameOfZstdIsNotIgnored() throws IOException {
        byte[] zstd = Zstd.compress(PLAIN);
        byte[] more = Arrays.copyOf(zstd, zstd.length + 5);
        assertThatThrownBy(() -> read("zstd", more)).isInstanceOf(Transient.class);
    }
}
