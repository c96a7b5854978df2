package io.tsvault.lab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Samples;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class XorChunkTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                0, 1, -1, -8190, -8191, -8192, 8191, 8192, 8193, -65535, -65536, 65536, 65537,
                -524287, -524288, 524288, 524289, 1L << 40
            })
    void aChangeOfStepAtTheEdgeOfAFieldIsKept(long dod) {
        long step = 1L << 41;
        assertThat(roundTrip(points(0, 1, step, 2, 2 * step + dod, 3)))
                .isEqualTo(points(0, 1, step, 2, 2 * step + dod, 3));
    }

    @Test
    void everyBitOfARandomSeriesIsKept() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<FloatPoint> points = new ArrayList<>();
            long t = random.nextLong(-1L << 40, 1L << 40);
            long bits = random.nextLong();
            int count = 1 + random.nextInt(XorChunk.MAX_SAMPLES);
            for (int i = 0; i < count; i++) {
                points.add(new FloatPoint(t, bits));
                t += 1 + random.nextLong(1L << (1 + random.nextInt(40)));
                bits ^= random.nextLong() >>> random.nextInt(64) << random.nextInt(64);
            }
            assertThat(roundTrip(points)).as("seed %s, round %s", seed, round).isEqualTo(points);
        }
    }

    @Test
    void aSteadySeriesTakesTwoBitsPerSample() {
        List<FloatPoint> points = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            points.add(new FloatPoint(1_000_000_000_000L + i * 15_000L, 0));
        }
        int header = 2 + 6 + 8 + 3;
        assertThat(XorChunk.of(points).getData().size()).isLessThanOrEqualTo(header + 120 * 2 / 8);
    }

    /// Takes the server's chunks apart and packs their samples again.
    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void theBytesAreThoseOfTheRealServer(Generation generation) throws Exception {
        long now = Instant.now().getEpochSecond() * 1000;
        OrderScripts order = new OrderScripts(now);
        try (Server real = RealServer.startOrSkip(Lab.prometheus(TwinParityTest.name(generation)));
                HttpClient client = HttpClient.newHttpClient()) {
            Transcript server = new Transcript(client, TwinParityTest.base(real));
            List<Step> story = new ArrayList<>(order.chunks().subList(0, 1));
            story.addAll(order.order());
            story.addAll(new QueryScripts(now).floats());
            for (Step step : story) {
                server.of(step);
            }
            List<ByteString> theirs = new ArrayList<>();
            List<ByteString> ours = new ArrayList<>();
            for (ChunkedReadResponse frame :
                    Transcript.framesOf(server.send(order.chunks().get(1)).body())) {
                for (Chunk chunk : frame.getChunkedSeries(0).getChunksList()) {
                    List<FloatPoint> points = read(chunk);
                    theirs.add(chunk.getData());
                    ours.add(padded(XorChunk.of(points).getData(), chunk.getData()));
                }
            }
            assertThat(ours).hasSizeGreaterThan(20).isEqualTo(theirs);
        }
    }

    /// 2.x ends a chunk that fills its last byte with one more.
    private static ByteString padded(ByteString ours, ByteString theirs) {
        return theirs.size() == ours.size() + 1
                ? ours.concat(ByteString.copyFrom(new byte[1]))
                : ours;
    }

    private static List<FloatPoint> points(long... timesAndBits) {
        List<FloatPoint> points = new ArrayList<>();
        for (int i = 0; i < timesAndBits.length; i += 2) {
            points.add(new FloatPoint(timesAndBits[i], timesAndBits[i + 1]));
        }
        return points;
    }

    private static List<FloatPoint> roundTrip(List<FloatPoint> points) {
        return read(XorChunk.of(points));
    }

    private static List<FloatPoint> read(Chunk chunk) {
        Samples samples = XorChunkReader.read(chunk);
        List<FloatPoint> points = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            points.add(new FloatPoint(samples.timestampMs(i), samples.valueBits(i)));
        }
        return points;
    }
}
