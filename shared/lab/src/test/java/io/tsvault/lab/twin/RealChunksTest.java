package io.tsvault.lab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.xor.XorDecoder;
import io.tsvault.wire.xor.XorEncoder;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The chunks that real servers stream: read as what they were fed, and written again to the byte.
@Tag("slow")
class RealChunksTest {
    private static final Duration LENGTH = Duration.ofMinutes(90);
    private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");
    private static final Fleet FLEET =
            new Fleet(
                    Recipe.PUBLIC_2,
                    7,
                    10,
                    new Schedule(END.minus(LENGTH), Duration.ofSeconds(15), LENGTH));

    static Stream<String> everyPrometheus() {
        return Lab.everyPrometheus().stream().map(Setup::name);
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void aFleetIsReadAndWrittenAgain(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name));
                HttpClient client = HttpClient.newHttpClient()) {
            new RemoteWriteFeed(server.uri()).send(FLEET);
            Map<Labels, Samples> fed =
                    FLEET.series().collect(Collectors.toMap(Series::labels, Series::samples));
            assertReadsAndWrites(new Transcript(client, TwinParityTest.base(server)), fed);
        }
    }

    /// Series that end at any bit of a byte, with any class of change between timestamps.
    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void oddSeriesAreReadAndWrittenAgain(String name) throws Exception {
        try (Server server = RealServer.startOrSkip(Lab.named(name));
                HttpClient client = HttpClient.newHttpClient()) {
            Map<Labels, Samples> odd = oddSeries(20260601);
            Transcript transcript = new Transcript(client, TwinParityTest.base(server));
            TimeSeries.Builder[] request =
                    odd.entrySet().stream()
                            .map(one -> series(one.getKey(), one.getValue()))
                            .toArray(TimeSeries.Builder[]::new);
            assertThat(transcript.of(Step.write("odd series", request))).startsWith("204");
            assertReadsAndWrites(transcript, odd);
        }
    }

    private static Map<Labels, Samples> oddSeries(long seed) {
        Random random = new Random(seed);
        Map<Labels, Samples> all = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            Samples.Builder samples = Samples.builder();
            long t = END.minus(LENGTH).toEpochMilli();
            long bits = Double.doubleToRawLongBits(i);
            for (int left = 1 + random.nextInt(12); left > 0; left--) {
                samples.addBits(t, bits);
                t += 1 + (random.nextLong() >>> (44 + random.nextInt(20)));
                bits ^= odd(random);
            }
            all.put(Labels.of(Labels.METRIC_NAME, "odd", "seed", seed + "/" + i), samples.build());
        }
        return all;
    }

    /// A difference between two values: none, or any bits in any place.
    private static long odd(Random random) {
        return random.nextInt(3) == 0
                ? 0
                : random.nextLong() >>> random.nextInt(64) << random.nextInt(64);
    }

    private static TimeSeries.Builder series(Labels labels, Samples samples) {
        TimeSeries.Builder series =
                Writes.series("__name__", "odd", "seed", labels.get("seed").orElseThrow());
        for (int i = 0; i < samples.size(); i++) {
            series.addSamples(Writes.bits(samples.timestampMs(i), samples.valueBits(i)));
        }
        return series;
    }

    private static void assertReadsAndWrites(Transcript transcript, Map<Labels, Samples> fed)
            throws Exception {
        boolean isPrometheus2 =
                transcript.of(Step.get("/api/v1/status/buildinfo")).contains("\"version\":\"2.");
        Recoder recoder = new Recoder(isPrometheus2);
        byte[] stream = transcript.send(Step.streamed(END.toEpochMilli())).body();
        for (ChunkedReadResponse frame : Transcript.framesOf(stream)) {
            frame.getChunkedSeriesList().forEach(recoder::read);
        }
        assertThat(recoder.otherBytes).isEmpty();
        assertThat(recoder.samples()).isEqualTo(fed);
    }

    /// Takes chunks apart and packs them again.
    private static final class Recoder {
        private final XorDecoder decoder = new XorDecoder();
        private final XorEncoder encoder;
        private final Map<Labels, Samples.Builder> series = new HashMap<>();
        private final List<String> otherBytes = new ArrayList<>();

        Recoder(boolean isPrometheus2) {
            encoder = isPrometheus2 ? XorEncoder.asPrometheus2() : new XorEncoder();
        }

        void read(ChunkedSeries one) {
            Labels labels =
                    Labels.ofBytes(
                            one.getLabelsList().stream()
                                    .flatMap(label -> Stream.of(label.getName(), label.getValue()))
                                    .map(bytes -> bytes.toByteArray())
                                    .toArray(byte[][]::new));
            Samples.Builder samples = series.computeIfAbsent(labels, _ -> Samples.builder());
            one.getChunksList().forEach(chunk -> read(chunk, samples));
        }

        private void read(Chunk chunk, Samples.Builder samples) {
            assertThat(chunk.getType()).isEqualTo(Chunk.Encoding.XOR);
            byte[] theirs = chunk.getData().toByteArray();
            int count = decoder.open(theirs, 0, theirs.length);
            long[] timestampsMs = new long[count];
            long[] valueBits = new long[count];
            decoder.decode(timestampsMs, valueBits, 0);
            for (int i = 0; i < count; i++) {
                samples.addBits(timestampsMs[i], valueBits[i]);
                encoder.append(timestampsMs[i], valueBits[i]);
            }
            String ours = HexFormat.of().formatHex(encoder.take());
            if (!HexFormat.of().formatHex(theirs).equals(ours)) {
                otherBytes.add(HexFormat.of().formatHex(theirs) + " became " + ours);
            }
        }

        Map<Labels, Samples> samples() {
            return series.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().build()));
        }
    }
}
