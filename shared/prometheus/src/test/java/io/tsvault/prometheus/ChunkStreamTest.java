package io.tsvault.prometheus;

import static io.tsvault.prometheus.Messages.chunk;
import static io.tsvault.prometheus.Messages.samples;
import static io.tsvault.prometheus.Messages.series;
import static io.tsvault.prometheus.Messages.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.TooMuch;
import io.tsvault.prometheus.ExternalLabels.Treatment;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.v1.Label;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class ChunkStreamTest {
    private static final Labels A = Labels.of("__name__", "a", "job", "x");
    private static final Labels B = Labels.of("__name__", "b", "job", "x");
    private static final int MOST_BYTES = 1 << 20;

    private final Tally tally = new Tally();

    private List<Series> read(byte[] stream) {
        return read(stream, TimeRange.ALL, ExternalLabels.NONE);
    }

    private List<Series> read(byte[] stream, TimeRange range, ExternalLabels external) {
        SeriesBuilder builder = new SeriesBuilder(range, tally, "here");
        Frames frames = new Frames(new ByteArrayInputStream(stream), MOST_BYTES, "here");
        ChunkStream chunks = new ChunkStream(frames, external, builder);
        List<Series> all = new ArrayList<>();
        for (Optional<Series> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            all.add(next.get());
        }
        return all;
    }

    private static byte[] plus(byte[] stream, byte[] more) {
        byte[] both = Arrays.copyOf(stream, stream.length + more.length);
        System.arraycopy(more, 0, both, stream.length, more.length);
        return both;
    }

    @Test
    void aSeriesMaySpanFrames() {
        byte[] stream =
                stream(
                        series(A, chunk(samples(1, 10, 2, 20)), chunk(samples(3, 30))),
                        series(A, chunk(samples(4, 40))),
                        series(B, chunk(samples(1, 11))));

        assertThat(read(stream))
                .containsExactly(
                        new Series(A, samples(1, 10, 2, 20, 3, 30, 4, 40)),
                        new Series(B, samples(1, 11)));
    }

    @Test
    void nothingIsAnAnswerToo() {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(stream(series(A), series(B)))).isEmpty();
    }

    @Test
    void aLabelWithoutValueIsNone() {
        ChunkedSeries.Builder odd = series(A, chunk(samples(1, 10)));
        odd.addLabels(Label.newBuilder().setName(ByteString.copyFromUtf8("zone")));

        assertThat(read(stream(odd))).containsExactly(new Series(A, samples(1, 10)));
    }

    @Test
    void labelsInAnotherOrderAreSorted() {
        ChunkedSeries.Builder odd = ChunkedSeries.newBuilder();
        Messages.labels(A).reversed().forEach(odd::addLabels);
        odd.addChunks(chunk(samples(1, 10)));

        assertThat(read(stream(odd))).containsExactly(new Series(A, samples(1, 10)));
    }

    @Test
    void aNameTwiceIsForAPerson() {
        ChunkedSeries.Builder odd = series(A, chunk(samples(1, 10)));
        odd.addLabels(Messages.labels(A).getFirst());

        assertThatThrownBy(() -> read(stream(odd)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("here: the server holds what is no series");
    }

    @Test
    void seriesOutOfOrderAreForAPerson() {
        byte[] stream = stream(series(B, chunk(samples(1, 1))), series(A, chunk(samples(1, 1))));

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("a{job=\"x\"} comes behind b{job=\"x\"}");
    }

    @Test
    void aSeriesThatComesBackIsForAPerson() {
        ChunkedSeries.Builder a = series(A, chunk(samples(1, 1)));
        byte[] stream = stream(a, series(B, chunk(samples(1, 1))), a);

        assertThatThrownBy(() -> read(stream)).isInstanceOf(Permanent.class);
    }

    @Test
    void S10_aWrongChecksumNamesTheFrame() {
        byte[] stream = stream(series(A, chunk(samples(1, 1))), series(B, chunk(samples(1, 1))));
        stream[stream.length - 1] ^= 1;

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(Transient.class)
                .hasMessageMatching("here: frame 2 at byte \\d+ has a wrong CRC-32C.*");
    }

    @Test
    void S10_rubbishBehindARightChecksumIsFound() {
        for (String rubbish : List.of("\u0000", "\n\u007f", "\u0010\u0001", "\u000f")) {
            byte[] frame = Messages.frame(rubbish.getBytes(StandardCharsets.ISO_8859_1));
            assertThatThrownBy(() -> read(frame))
                    .as(rubbish)
                    .isInstanceOf(Transient.class)
                    .hasMessageContaining("frame 1 at byte 0 is garbled");
        }
        byte[] noChunk = stream(series(A, chunk(Chunk.Encoding.XOR, 1, new byte[] {9, 9, 9})));
        assertThatThrownBy(() -> read(noChunk))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("XOR chunk");
    }

    @Test
    void S10_aLengthThatDoesNotEndIsFound() {
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        assertThatThrownBy(() -> read(endless))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("length that does not end");
    }

    @Test
    void S11_anErrorBehindTheFramesIsFound() {
        byte[] good = stream(series(A, chunk(samples(1, 1))));
        for (String text : List.of("x", "expanding series: query timed out\n", "E".repeat(500))) {
            byte[] stream = plus(good, text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> read(stream)).as(text).isInstanceOf(Transient.class);
        }
    }

    @Test
    void S14_aFrameOfTwoGibibytesIsRefusedBeforeItIsRead() {
        byte[] announced = {-1, -1, -1, -1, 7};
        assertThatThrownBy(() -> read(announced))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("announces 2147483647 bytes; at most 1048576");
    }

    @Test
    void S14_aFrameThatAnnouncesMuchAndBringsLittleTakesLittle() {
        byte[] announced = {-1, -1, -1, 31, 0, 0, 0, 0, 1, 2, 3};
        Frames frames = new Frames(new ByteArrayInputStream(announced), 64 << 20, "here");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        assertThatThrownBy(frames::next)
                .isInstanceOf(Transient.class)
                .hasMessageContaining("is cut: 3 of 67108863 bytes came");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16 << 20);
    }

    @Test
    void S26_chunksMayOverlap() {
        byte[] stream =
                stream(
                        series(
                                A,
                                chunk(samples(1, 10, 3, 30, 5, 50)),
                                chunk(samples(2, 20, 3, 30, 4, 40))));

        assertThat(read(stream))
                .containsExactly(new Series(A, samples(1, 10, 2, 20, 3, 30, 4, 40, 5, 50)));
        assertThat(tally.observed()).isEqualTo(new Observed(1, 0, List.of()));
    }

    @Test
    void S26_twoValuesAtOneTimeAreForAPerson() {
        byte[] stream = stream(series(A, chunk(samples(1, 10, 3, 30)), chunk(samples(3, 31))));

        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("a{job=\"x\"} has two values at 1970-01-01T00:00:00.003Z");
    }

    @Test
    void S27_whatWasNotAskedForIsLeftOut() {
        byte[] stream =
                stream(
                        series(A, chunk(samples(1, 10, 2, 20, 3, 30)), chunk(samples(4, 40))),
                        series(B, chunk(samples(9, 90))));

        assertThat(read(stream, new TimeRange(2, 4), ExternalLabels.NONE))
                .containsExactly(new Series(A, samples(2, 20, 3, 30)));
        assertThat(tally.observed()).isEqualTo(new Observed(0, 3, List.of()));
    }

    @Test
    void S36_externalLabelsAreStrippedWhereTheyAreTheSame() {
        Labels external = Labels.of("cluster", "g", "job", "y");
        byte[] stream =
                stream(
                        series(
                                Labels.of("__name__", "a", "cluster", "g", "job", "x"),
                                chunk(samples(1, 1))),
                        series(
                                Labels.of("__name__", "b", "cluster", "h", "job", "y"),
                                chunk(samples(1, 1))));

        assertThat(read(stream, TimeRange.ALL, new ExternalLabels(external, Treatment.STRIP)))
                .extracting(Series::labels)
                .containsExactly(
                        Labels.of("__name__", "a", "job", "x"),
                        Labels.of("__name__", "b", "cluster", "h"));
        assertThat(read(stream, TimeRange.ALL, new ExternalLabels(external, Treatment.KEEP)))
                .extracting(Series::labels)
                .first()
                .isEqualTo(Labels.of("__name__", "a", "cluster", "g", "job", "x"));
    }

    @Test
    void S38_aLongSeriesComesInParts() {
        List<ChunkedSeries.Builder> frames = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Samples.Builder samples = Samples.builder();
            for (int k = 0; k < 30_000; k++) {
                samples.add(i * 30_000L + k, k);
            }
            frames.add(series(A, chunk(samples.build())));
        }

        List<Series> parts = read(stream(frames.toArray(ChunkedSeries.Builder[]::new)));

        assertThat(parts).hasSize(3).extracting(Series::labels).containsOnly(A);
        assertThat(parts.stream().mapToInt(part -> part.samples().size()).sum())
                .isEqualTo(1_200_000);
        assertThat(parts.get(1).samples().timestampMs(0))
                .isEqualTo(parts.getFirst().samples().size());
    }

    @Test
    void S38_copiesAreMergedBeforeTheyAreTooMany() {
        ChunkedSeries.Builder[] frames = new ChunkedSeries.Builder[20];
        Arrays.fill(frames, series(A, chunk(everyTenth(0))));

        assertThat(read(stream(frames))).containsExactly(new Series(A, everyTenth(0)));
        assertThat(tally.duplicates).isEqualTo(19L * everyTenth(0).size());
    }

    @Test
    void S38_chunksThatAllOverlapAreTooMuch() {
        ChunkedSeries.Builder[] frames = new ChunkedSeries.Builder[10];
        Arrays.setAll(frames, i -> series(A, chunk(everyTenth(i))));

        assertThatThrownBy(() -> read(stream(frames)))
                .isInstanceOf(TooMuch.class)
                .hasMessageContaining("overlap so much");
    }

    private static Samples everyTenth(int first) {
        Samples.Builder samples = Samples.builder();
        for (int k = 0; k < 60_000; k++) {
            samples.add(10L * k + first, k);
        }
        return samples.build();
    }

    @Test
    void everyCutStreamIsSeen() {
        byte[] stream = recorded();
        int frameEnds = 0;
        for (int length = 0; length < stream.length; length++) {
            byte[] cut = Arrays.copyOf(stream, length);
            try {
                assertThat(read(cut))
                        .as("%s of %s bytes", length, stream.length)
                        .hasSizeLessThan(4);
                frameEnds++;
            } catch (Transient e) {
                assertThat(e).hasMessageContaining("is cut");
            }
        }
        assertThat(frameEnds).as("a cut between frames cannot be seen here").isEqualTo(4);
    }

    @Test
    void everyFlippedBitIsSeen() {
        byte[] stream = recorded();
        for (int bit = 0; bit < 8 * stream.length; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> read(flipped))
                    .as("bit %s", bit)
                    .isInstanceOfAny(Transient.class, Permanent.class);
        }
    }

    /// Behind a checksum that is right, as a server with a bug would send it.
    @Test
    void everyFlippedBitOfABodyGivesSeriesOrAFailureThatIsKnown() {
        byte[] body =
                ChunkedReadResponse.newBuilder()
                        .addChunkedSeries(series(A, chunk(samples(1, 1, 2, 7, 3, 9))))
                        .build()
                        .toByteArray();
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            byte[] flipped = body.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                flipped[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] stream = Messages.frame(flipped);
            try {
                assertThat(read(stream)).as("round %s", round).hasSizeLessThan(2);
            } catch (Transient | Permanent | TooMuch | UnknownEncoding e) {
                assertThat(e.getMessage()).as("round %s", round).isNotEmpty();
            }
        }
    }

    private static byte[] recorded() {
        return stream(
                series(A, chunk(samples(1, 10, 2, 20)), chunk(samples(3, 30))),
                series(A, chunk(samples(4, 40))),
                series(B, chunk(samples(1, 11))),
                series(Labels.of("c", "d"), chunk(samples(100, 7))));
    }
}
