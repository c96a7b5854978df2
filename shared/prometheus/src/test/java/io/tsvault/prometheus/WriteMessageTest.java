package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histogram.Totals;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The generated classes read what was written by hand.
class WriteMessageTest {
    private static List<Series> readBack(List<Series> batch) {
        List<Series> newer = SymbolMessageReader.read(SymbolMessage.of(batch));
        List<Series> older = readOlder(batch);
        assertThat(newer)
                .as("2.0")
                .isEqualTo(older.stream().filter(one -> one.size() > 0).toList());
        return older;
    }

    private static List<Series> readOlder(List<Series> batch) {
        try {
            return WriteRequest.parseFrom(WriteMessage.of(batch)).getTimeseriesList().stream()
                    .map(WriteMessageTest::series)
                    .toList();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static Series series(TimeSeries message) {
        List<byte[]> labels = new ArrayList<>();
        for (Label label : message.getLabelsList()) {
            labels.add(label.getName().toByteArray());
            labels.add(label.getValue().toByteArray());
        }
        Samples.Builder samples = Samples.builder();
        for (Sample sample : message.getSamplesList()) {
            samples.addBits(sample.getTimestamp(), Double.doubleToRawLongBits(sample.getValue()));
        }
        Histograms.Builder histograms = Histograms.builder();
        message.getHistogramsList()
                .forEach(one -> histograms.add(one.getTimestamp(), HistogramMessage.read(one)));
        return new Series(
                Labels.ofBytes(labels.toArray(byte[][]::new)), samples.build(), histograms.build());
    }

    private static void requireRoundTrip(Series... batch) {
        assertThat(readBack(List.of(batch))).containsExactly(batch);
    }

    private static Labels named(String value) {
        return Labels.of("__name__", "m", "l", value);
    }

    @Test
    void anEmptyBatchIsAnEmptyMessage() {
        assertThat(WriteMessage.of(List.of())).isEmpty();
    }

    @Test
    void everyBitOfAValueArrives() {
        Samples samples =
                Samples.builder()
                        .addBits(1, Samples.STALE_MARKER)
                        .addBits(2, 0x7ff8_0000_0000_0001L)
                        .addBits(3, 0xfff8_dead_beef_0001L)
                        .add(4, -0.0)
                        .add(5, Double.NEGATIVE_INFINITY)
                        .add(6, Double.MIN_VALUE)
                        .add(7, Double.MAX_VALUE)
                        .build();

        requireRoundTrip(new Series(named("x"), samples));
    }

    @Test
    void timesOfEveryLengthArrive() {
        Samples.Builder samples = Samples.builder();
        samples.add(Long.MIN_VALUE, 1).add(-1, 2).add(0, 3);
        for (int bits = 0; bits < 63; bits++) {
            samples.add(1L << bits, bits);
        }
        samples.add(Long.MAX_VALUE, 4);

        requireRoundTrip(new Series(named("x"), samples.build()));
    }

    @Test
    void labelsOfEveryLengthArrive() {
        List<Series> batch = new ArrayList<>();
        for (int length : List.of(1, 2, 110, 127, 128, 16_383, 16_384, 70_000, 2_100_000)) {
            Samples one = Samples.builder().add(length, length).build();
            batch.add(new Series(named("ü".repeat(length / 2) + "x".repeat(length % 2)), one));
        }
        batch.add(new Series(Labels.NONE, Samples.builder().add(1, 1).build()));

        assertThat(readBack(batch)).isEqualTo(batch);
    }

    @Test
    void histogramsOfEveryKindArrive() {
        Histograms histograms =
                Histograms.builder()
                        .add(-5, integers(ResetHint.UNKNOWN))
                        .add(0, integers(ResetHint.YES))
                        .add(1, floats(ResetHint.NO))
                        .add(2, floats(ResetHint.GAUGE))
                        .add(3, custom())
                        .add(4, stale())
                        .build();

        requireRoundTrip(
                new Series(named("h"), Samples.NONE, histograms),
                new Series(named("i"), Samples.builder().add(9, 9).build(), histograms));
    }

    private static Histogram integers(ResetHint hint) {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.INTEGER,
                        3,
                        Double.doubleToRawLongBits(0.001),
                        List.of(new Span(-7, 2), new Span(3, 1)),
                        List.of(new Span(0, 2)),
                        List.of());
        return Histogram.of(layout, hint, new Totals(100, 3, bits(1.5)), 5, 1, 1L << 40, 7, 0);
    }

    private static Histogram floats(ResetHint hint) {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.FLOAT,
                        -4,
                        0,
                        List.of(new Span(0, 1)),
                        List.of(new Span(1, 1)),
                        List.of());
        return Histogram.of(
                layout, hint, new Totals(bits(0.3), bits(0.1), bits(-2.5)), bits(0.1), bits(0.2));
    }

    private static Histogram custom() {
        HistogramLayout layout =
                new HistogramLayout(
                        Flavour.INTEGER,
                        HistogramLayout.CUSTOM,
                        0,
                        List.of(new Span(0, 3)),
                        List.of(),
                        List.of(bits(-1.5), bits(2.5)));
        return Histogram.of(layout, ResetHint.UNKNOWN, new Totals(6, 0, bits(9)), 1, 2, 3);
    }

    private static Histogram stale() {
        HistogramLayout layout =
                new HistogramLayout(Flavour.INTEGER, 0, 0, List.of(), List.of(), List.of());
        return Histogram.of(layout, ResetHint.UNKNOWN, new Totals(0, 0, Samples.STALE_MARKER));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    @Test
    void anySeriesArrives() {
        for (long seed = 0; seed < 200; seed++) {
            List<Series> batch = any(new Random(seed));
            assertThat(readBack(batch)).as("seed %d", seed).isEqualTo(batch);
        }
    }

    private static List<Series> any(Random random) {
        List<Series> batch = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            Samples.Builder samples = Samples.builder();
            long ms = random.nextLong() >> random.nextInt(63);
            for (int n = random.nextInt(300) - 100; n > 0 && ms < Long.MAX_VALUE / 2; n--) {
                samples.addBits(ms, random.nextLong());
                ms += 1 + random.nextInt(1 << random.nextInt(1, 30));
            }
            Histograms.Builder histograms = Histograms.builder();
            for (int n = samples.size() > 0 ? 0 : random.nextInt(4); n > 0; n--) {
                histograms.add(histograms.size(), random.nextBoolean() ? custom() : stale());
            }
            String value = "v".repeat(1 + random.nextInt(1 << random.nextInt(1, 12)));
            batch.add(new Series(named(value + i), samples.build(), histograms.build()));
        }
        return batch;
    }
}
