package io.tsvault.core.chunk;

import static io.tsvault.core.chunk.HostileFile.MIB;
import static io.tsvault.core.chunk.HostileFile.bomb;
import static io.tsvault.core.chunk.HostileFile.compressed;

import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.Size;
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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Files that someone made to exhaust a reader, and whole ones that ask for as much as is allowed.
final class HostileFiles {
    private static final long HUGE = 1L << 60;
    private static final Size ONE = new Size(1, 1, 1);
    private static final Size MOST = new Size(1, Limits.GROUP_VALUES, Limits.GROUP_VALUES);
    private static final byte[] NOTHING = {};

    private HostileFiles() {}

    static Map<String, byte[]> all() {
        Map<String, byte[]> files = new TreeMap<>();
        indexes(files);
        names(files);
        metadata(files);
        streams(files);
        numbers(files);
        whole(files);
        histograms(files);
        files.replaceAll((name, file) -> name.startsWith("whole: ") ? counted(file) : file);
        return files;
    }

    /// With the right number of series.
    private static byte[] counted(byte[] file) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(file))) {
            long series = reader.countSeries();
            return new Anatomist(file).with(index -> index.withSeries(series));
        }
    }

    private static void indexes(Map<String, byte[]> files) {
        HostileFile empty = new HostileFile();
        files.put("index claims 2 GiB", empty.finish(bomb(StreamKind.INDEX, Integer.MAX_VALUE, 9)));
        files.put("index claims 2^60", empty.finish(bomb(StreamKind.INDEX, HUGE, 9)));
        files.put("index bomb", empty.finish(bomb(StreamKind.INDEX, 4 * MIB, 64 * MIB)));
        files.put("index of zeros", empty.finish(bomb(StreamKind.INDEX, 4 * MIB, 4 * MIB)));
        files.put(
                "index as long as a file", empty.finish(Anatomist.stream(200, new byte[63 * MIB])));
        for (int at = 0; at < 6; at++) {
            int before = at;
            files.put("index with 2^60 at " + at, empty.finish(index(sink -> zeros(sink, before))));
        }
        files.put("2^60 series", empty.finish(index(sink -> noGroups(sink, HUGE))));
        files.put("index of properties", empty.finish(index(HostileFiles::properties)));
        files.put("groups that claim the most", groupsThatClaimTheMost());
        files.put("groups with long names", groupsWithLongNames());
    }

    private static byte[] index(Consumer<ByteSink> content) {
        ByteSink sink = new ByteSink();
        content.accept(sink);
        return compressed(StreamKind.INDEX, sink.toArray());
    }

    private static void zeros(ByteSink sink, int zeros) {
        for (int i = 0; i < zeros; i++) {
            sink.u8(0);
        }
        sink.varint(HUGE);
    }

    /// An index of so many series and nothing else.
    private static void noGroups(ByteSink sink, long series) {
        sink.varint(series);
        sink.bytes(new byte[5]);
    }

    /// The most properties of the smallest size.
    private static void properties(ByteSink sink) {
        zeros(sink, 5);
        sink.truncate(5);
        sink.varint(800_000);
        for (int i = 0; i < 800_000; i++) {
            sink.text("%03x".formatted(i));
            sink.u8(0);
        }
        sink.truncate(4 * MIB);
    }

    private static byte[] groupsThatClaimTheMost() {
        HostileFile file = new HostileFile().labels(1);
        for (int i = 0; i < Limits.GROUPS; i++) {
            file.group(Anatomist.stream(1, NOTHING), MOST);
        }
        return file.finish();
    }

    private static byte[] groupsWithLongNames() {
        HostileFile file = new HostileFile().labels(1);
        byte[] stream = Anatomist.stream(1, NOTHING);
        for (int i = 0; i < Limits.GROUPS; i++) {
            file.group(stream, ONE, 0, i, 0);
        }
        byte[] name = new byte[100];
        Labels metric = MetricNames.labels(name);
        return new Anatomist(file.finish())
                .with(
                        index ->
                                new Index(
                                        index.series(),
                                        index.metadata(),
                                        index.labelBlocks(),
                                        index.groups().stream()
                                                .map(group -> named(group, metric))
                                                .toList(),
                                        index.properties()));
    }

    private static RowGroup named(RowGroup group, Labels metric) {
        return new RowGroup(
                group.extent(),
                group.names(),
                group.times(),
                new Metrics(metric, metric),
                group.size(),
                group.digest());
    }

    private static void names(Map<String, byte[]> files) {
        files.put("names for nothing", namesForNothing());
        files.put("names in turns", namesInTurns());
        files.put("long names of many groups", longNames());
        files.put("labels bomb", withLabels(bomb(StreamKind.LABELS, 4 * MIB, 64 * MIB), 9));
        files.put("labels claim 2^60", withLabels(bomb(StreamKind.LABELS, HUGE, 9), 9));
        files.put("labels of 2^60 series", withLabels(labels(HUGE, 0, NOTHING, NOTHING), 9));
        files.put("texts that grow", withLabels(growing(), 1));
        files.put("one long text again and again", withLabels(repeated(), 8192));
        files.put("as many names as fit", withLabels(manyNames(), 1));
        files.put("as many series of names as fit", withLabels(manySeries(), 8192));
        HostileFile file = new HostileFile();
        for (int i = 0; i < 6; i++) {
            file.labels(manySeries(), 8192);
        }
        for (int i = 0; i < 12; i++) {
            file.group(NOTHING, ONE, i % 6, i, 0);
        }
        files.put("groups that need another label block each", file.finish());
    }

    private static byte[] withLabels(byte[] stream, int series) {
        return new HostileFile().labels(stream, series).group(NOTHING, ONE).finish();
    }

    private static byte[] labels(long count, int values, byte[] series, byte[] lengths) {
        ByteSink sink = new ByteSink();
        sink.varint(count);
        sink.block(series);
        sink.block(new byte[values]);
        sink.block(lengths);
        sink.block(NOTHING);
        return compressed(StreamKind.LABELS, sink.toArray());
    }

    /// Each value is the one before and a byte more.
    private static byte[] growing() {
        ByteSink sink = new ByteSink();
        ByteSink series = new ByteSink();
        ByteSink values = new ByteSink();
        ByteSink lengths = new ByteSink();
        series.varint(0);
        series.varint(100_000);
        lengths.varint(0);
        lengths.varint(1);
        for (int i = 0; i < 100_000; i++) {
            series.u8(0);
            values.varint(i);
            lengths.varint(i);
            lengths.varint(1);
        }
        sink.varint(1);
        sink.block(series.toArray());
        sink.block(values.toArray());
        sink.block(lengths.toArray());
        sink.block(new byte[100_001]);
        return compressed(StreamKind.LABELS, sink.toArray());
    }

    /// A label of half a MiB, then 8191 series that are the same.
    private static byte[] repeated() {
        ByteSink sink = new ByteSink();
        ByteSink series = new ByteSink();
        ByteSink lengths = new ByteSink();
        series.bytes(new byte[] {0, 1, 0});
        for (int i = 1; i < 8192; i++) {
            series.bytes(new byte[] {1, 0});
        }
        lengths.bytes(new byte[] {0, 1, 0});
        lengths.varint(MIB / 2);
        sink.varint(8192);
        sink.block(series.toArray());
        sink.block(new byte[1]);
        sink.block(lengths.toArray());
        sink.block(new byte[1 + MIB / 2]);
        return compressed(StreamKind.LABELS, sink.toArray());
    }

    /// One series of different names of 3 bytes, each with a value of one.
    private static byte[] manyNames() {
        ByteSink sink = new ByteSink();
        ByteSink series = new ByteSink();
        ByteSink lengths = new ByteSink();
        ByteSink text = new ByteSink();
        int labels = MIB / 6;
        series.varint(0);
        series.varint(labels);
        for (int i = 0; i < labels; i++) {
            series.varint(i);
            lengths.bytes(new byte[] {0, 3, 0, 1});
            text.bytes(new byte[] {(byte) (i >> 16), (byte) (i >> 8), (byte) i, 1});
        }
        sink.varint(1);
        sink.block(series.toArray());
        sink.block(new byte[labels]);
        sink.block(lengths.toArray());
        sink.block(text.toArray());
        return compressed(StreamKind.LABELS, sink.toArray());
    }

    /// Names of one byte that are new each time, though they are not.
    private static byte[] manySeries() {
        ByteSink sink = new ByteSink();
        ByteSink series = new ByteSink();
        ByteSink lengths = new ByteSink();
        ByteSink text = new ByteSink();
        int labels = 50;
        for (int i = 0; i < 8192; i++) {
            series.varint(0);
            series.varint(labels);
            for (int label = 0; label < labels; label++) {
                series.varint((long) i * labels + label);
                lengths.bytes(new byte[] {0, 1, 0, 1});
                text.u8(label);
                text.u8(i);
            }
        }
        sink.varint(8192);
        sink.block(series.toArray());
        sink.block(new byte[labels * 8192]);
        sink.block(lengths.toArray());
        sink.block(text.toArray());
        return compressed(StreamKind.LABELS, sink.toArray());
    }

    /// A label block for each of the most groups, which name one series of it.
    private static byte[] namesForNothing() {
        HostileFile file = new HostileFile();
        byte[] block = names(LabelBlock.MAX_SERIES);
        for (int i = 0; i < Limits.GROUPS; i++) {
            file.labels(block, LabelBlock.MAX_SERIES);
            file.group(Specimens.encoded(List.of(named("a", i))));
        }
        return file.finish();
    }

    /// The same blocks, all of whose series are named somewhere, in turns.
    private static byte[] namesInTurns() {
        HostileFile file = new HostileFile();
        byte[] block = names(LabelBlock.MAX_SERIES);
        for (int i = 0; i < 9; i++) {
            file.labels(block, LabelBlock.MAX_SERIES);
        }
        EncodedGroup group = Specimens.encoded(List.of(named("a", 0)));
        for (int i = 0; i < Limits.GROUPS; i++) {
            RowGroup at = group.at(Frame.HEADER, i % 9, 0);
            file.group(group.bytes(), at.size(), i % 9, i, at.digest());
        }
        return file.finish();
    }

    /// Labels of half a mebibyte for each of many groups.
    private static byte[] longNames() {
        HostileFile file = new HostileFile();
        for (int i = 0; i < 400; i++) {
            file.group(List.of(named("v".repeat(MIB / 2), i)));
        }
        return file.finish();
    }

    private static byte[] names(int count) {
        List<Labels> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Labels.of("a", "v".repeat(200), "n", "a".repeat(i == 0 ? 1 : 2)));
        }
        return compressed(StreamKind.LABELS, LabelBlock.encode(names));
    }

    private static Series named(String value, int window) {
        return Specimens.series(
                Labels.of("a", "v".repeat(200), "n", value), window * 480, 1, _ -> 1);
    }

    private static void metadata(Map<String, byte[]> files) {
        byte[] bomb = bomb(StreamKind.METADATA, 4 * MIB, 64 * MIB);
        files.put("metadata bomb", new HostileFile().metadata(bomb).finish());
        ByteSink sink = new ByteSink();
        sink.varint(HUGE);
        byte[] huge = compressed(StreamKind.METADATA, sink.toArray());
        files.put("metadata of 2^60 families", new HostileFile().metadata(huge).finish());
        sink.clear();
        int families = 4 * MIB / 5;
        sink.varint(families);
        for (int i = 0; i < families; i++) {
            sink.bytes(new byte[] {0, 1, 'm', 0, 0});
        }
        sink.truncate(4 * MIB);
        byte[] many = compressed(StreamKind.METADATA, sink.toArray());
        files.put("metadata of many families", new HostileFile().metadata(many).finish());
    }

    private static void streams(Map<String, byte[]> files) {
        byte[] columns = columns(0, "");
        byte[] noTokens = Anatomist.stream(2, new byte[] {0});
        byte[] noBits = Anatomist.stream(3, NOTHING);
        files.put("columns bomb", group(bomb(StreamKind.COLUMNS, 8 * MIB, 64 * MIB)));
        files.put("columns of zeros", group(bomb(StreamKind.COLUMNS, 8 * MIB, 8 * MIB)));
        files.put("columns claim 2 GiB", group(bomb(StreamKind.COLUMNS, Integer.MAX_VALUE, 9)));
        files.put("tokens bomb", group(columns, bomb(StreamKind.TOKENS, 8 * MIB, 64 * MIB)));
        files.put("lanes bomb", group(columns, lanes(4 * MIB / 16, 64 * MIB, 16)));
        files.put("lanes of zeros", group(columns, lanes(8 * MIB / 17, 8 * MIB / 17, 16)));
        files.put("lanes of runs", group(columns, runs(8 * MIB), noBits));
        files.put("lanes claim 2^60", group(columns, lanes(HUGE, 9, 1)));
        files.put("bits bomb", group(columns, noTokens, bomb(StreamKind.BITS, 8 * MIB, 64 * MIB)));
        byte[] bits = bomb(StreamKind.BITS, 8 * MIB, 8 * MIB);
        files.put("bits of zeros", group(columns, noTokens, bits));
        byte[] repeats = bomb(StreamKind.REPEATS, 8 * MIB, 8 * MIB);
        files.put("repeats of zeros", group(columns, noTokens, noBits, repeats));
        files.put("bits and repeats of zeros", group(columns, noTokens, bits, repeats));
        for (int claimed : new int[] {0, 1, 8 * MIB}) {
            byte[] empty = Anatomist.stream(1, StreamSink.ZSTD, claimed, NOTHING);
            files.put("no frame for " + claimed, group(empty));
        }
        byte[] optional = Anatomist.stream(200, StreamSink.ZSTD, HUGE >>> 30, NOTHING);
        files.put("an unknown stream of 2^30", group(columns, noTokens, noBits, optional));
    }

    private static byte[] lanes(long claimed, int content, int count) {
        byte[] packed;
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            packed = zstd.compress(new byte[content]);
        }
        ByteSink sink = new ByteSink();
        sink.varint(count);
        for (int i = 0; i < count; i++) {
            sink.u8(StreamSink.ZSTD);
            sink.varint(claimed);
            sink.varint(packed.length);
        }
        for (int i = 0; i < count; i++) {
            sink.bytes(packed);
        }
        return Anatomist.stream(2, sink.toArray());
    }

    /// A lane of so many bytes, each of which stands for the longest run.
    private static byte[] runs(int length) {
        byte[] lane = new byte[length];
        Arrays.fill(lane, (byte) 0xff);
        byte[] packed;
        try (Zstd.Compressor zstd = new Zstd.Compressor()) {
            packed = zstd.compress(lane);
        }
        ByteSink sink = new ByteSink();
        sink.varint(1);
        sink.u8(StreamSink.ZSTD | StreamSink.ZERO_RUNS);
        sink.varint(length);
        sink.varint(packed.length);
        sink.bytes(packed);
        return Anatomist.stream(2, sink.toArray());
    }

    private static byte[] group(byte[]... streams) {
        ByteSink sink = new ByteSink();
        for (byte[] stream : streams) {
            sink.bytes(stream);
        }
        return new HostileFile().labels(1).group(sink.toArray(), MOST).finish();
    }

    /// Where a reader of columns meets a number, it is huge.
    private static void numbers(Map<String, byte[]> files) {
        numbers(files, "2^60 vectors", columns(HUGE, ""));
        numbers(files, "a vector of 2^60", columns(1, "05 00 - h"));
        numbers(files, "a vector of the most", columns(1, "05 00 - 80801000"));
        numbers(files, "vector 2^60", columns(1, "09h 00 - 0100"));
        numbers(files, "2^60 exceptions", columns(1, "05 0008 - 0100h"));
        numbers(files, "a column 2^60 back", columns(1, "05 0001 - 0100h"));
        numbers(files, "layout 2^60", columns(1, "12 00 - 0100h"));
        numbers(files, "2^60 histograms", columns(1, "12 00 - 010000h"));
        numbers(files, "2^60 spans", columns(1, "12 0000 - 01000001h"));
        numbers(files, "a span of 2^60", columns(1, "12 0000 - 010000010100h"));
        numbers(files, "2^60 custom bounds", columns(1, "12 0004 - 01000001h"));
    }

    private static void numbers(Map<String, byte[]> files, String name, byte[] columns) {
        byte[] noBits = Anatomist.stream(3, NOTHING);
        files.put(name, group(columns, Anatomist.stream(2, new byte[] {0}), noBits));
    }

    /// COLUMNS of so many vectors; SHAPE, MODES, LANES and NUMBERS in hexadecimal digits, where `h`
    /// is a huge number and `-` nothing.
    private static byte[] columns(long vectors, String blocks) {
        ByteSink sink = new ByteSink();
        sink.varint(vectors);
        String[] four = blocks.isEmpty() ? new String[0] : blocks.split(" ", -1);
        for (int i = 0; i < 5; i++) {
            ByteSink block = new ByteSink();
            if (i < four.length) {
                digits(four[i], block);
            }
            sink.block(block.toArray());
        }
        return Anatomist.stream(1, sink.toArray());
    }

    private static void digits(String hex, ByteSink into) {
        String rest = hex.replace("h", "");
        for (int i = 0; i + 1 < rest.length(); i += 2) {
            into.u8(Integer.parseInt(rest.substring(i, i + 2), 16));
        }
        if (hex.endsWith("h")) {
            into.varint(HUGE);
        }
    }

    private static void whole(Map<String, byte[]> files) {
        List<Series> most = unshared(0);
        files.put("whole: the most values", new HostileFile().group(most).finish());
        HostileFile long7 = new HostileFile();
        for (int window = 0; window < 7; window++) {
            long7.group(unshared(window));
        }
        files.put("whole: 7 windows of the most values", long7.finish());
        HostileFile constants = new HostileFile();
        for (int i = 0; i < 60; i++) {
            constants.group(constant(i, 0));
        }
        files.put("whole: 60 groups of the most constants", constants.finish());
        HostileFile small = new HostileFile();
        EncodedGroup first = Specimens.encoded(List.of(Specimens.series("up", 0, 1, _ -> 1)));
        small.group(List.of(Specimens.series("up", 0, 1, _ -> 1)), first);
        for (int i = 1; i < Limits.GROUPS; i++) {
            small.group(oneSample(i));
        }
        files.put("whole: the most windows", small.finish());
        files.put("whole: long streams to skip", longStreams());
        files.put("whole: one series through 7 windows", oneSeries(7, 1));
        files.put("whole: one series of a window", oneSeries(1, 27));
    }

    /// Six windows of one sample and nearly 10 MiB that are passed over.
    private static byte[] longStreams() {
        HostileFile file = new HostileFile();
        byte[] optional = Anatomist.stream(200, new byte[Limits.GROUP_BYTES - 1024]);
        for (int window = 0; window < 6; window++) {
            List<Series> one = oneSample(window);
            EncodedGroup group = Specimens.encoded(one);
            ByteSink streams = new ByteSink();
            streams.bytes(group.bytes());
            streams.bytes(optional);
            file.group(one, EncodedGroup.of(one, streams.toArray(), group.at(0, 0, 0).digest()));
        }
        return file.finish();
    }

    /// A sample in each millisecond, from the begin of each window on.
    static byte[] oneSeries(int windows, int groups) {
        HostileFile file = new HostileFile();
        for (int window = 0; window < windows; window++) {
            for (int group = 0; group < groups; group++) {
                file.group(constant(window, (long) group * Limits.GROUP_VALUES));
            }
        }
        return file.finish();
    }

    private static List<Series> oneSample(int window) {
        return List.of(Specimens.series("up", window * 480, 1, _ -> 1));
    }

    /// No two samples share anything: 4096 series of 64 random numbers at random times.
    private static List<Series> unshared(int window) {
        Random random = new Random(window);
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < LabelBlock.MAX_SERIES / 2; i++) {
            labels.add(Labels.of("n", Integer.toString(random.nextInt(), 36) + i));
        }
        Collections.sort(labels);
        long startMs = Specimens.START_MS + window * Limits.WINDOW_MS;
        List<Series> series = new ArrayList<>();
        for (Labels one : labels) {
            Samples.Builder samples = Samples.builder();
            for (int i = 0; i < 2 * Limits.GROUP_VALUES / LabelBlock.MAX_SERIES; i++) {
                long timestampMs = startMs + i * 100_000L + random.nextInt(100_000);
                samples.addBits(timestampMs, random.nextLong());
            }
            series.add(new Series(one, samples.build()));
        }
        return series;
    }

    private static List<Series> constant(int window, long behindMs) {
        long startMs = Specimens.START_MS + window * Limits.WINDOW_MS + behindMs;
        long[] timestamps = new long[Limits.GROUP_VALUES];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = startMs + i;
        }
        Samples samples = Samples.of(timestamps, new long[timestamps.length]);
        return List.of(new Series(Labels.of("n", "1"), samples));
    }

    private static void histograms(Map<String, byte[]> files) {
        files.put("whole: large integer histograms", histograms(Flavour.INTEGER, 0));
        files.put("whole: large double histograms", histograms(Flavour.FLOAT, 0));
        files.put("whole: histograms that share nothing", histograms(Flavour.FLOAT, 70_000));
        files.put("whole: counts that share nothing", histograms(Flavour.INTEGER, 70_000));
        files.put("whole: the same behind many names", histogramsBehindNames());
    }

    /// Three histograms of the most buckets.
    ///
    /// @param shift how far the buckets of each lie from those of the one before
    private static byte[] histograms(Flavour flavour, int shift) {
        return new HostileFile().group(List.of(largeHistograms(flavour, shift))).finish();
    }

    /// They lie behind three groups whose label blocks are kept.
    private static byte[] histogramsBehindNames() {
        byte[] block = manySeries();
        Labels name = Labels.NONE;
        try (StreamSource source = new StreamSource()) {
            ByteSource plain =
                    source.next(
                            new ByteSource(block, 0), StreamKind.LABELS, Limits.DIRECTORY_BYTES);
            name = LabelBlock.decode(plain).labels().getFirst();
        }
        HostileFile file = new HostileFile();
        for (int window = -3; window < 0; window++) {
            Series up = oneSample(window).getFirst();
            Series one = new Series(name, up.samples());
            file.labels(block, LabelBlock.MAX_SERIES).group(Specimens.encoded(List.of(one)));
        }
        return file.group(List.of(largeHistograms(Flavour.FLOAT, 70_000))).finish();
    }

    private static Series largeHistograms(Flavour flavour, int shift) {
        Random random = new Random(1);
        Histograms.Builder histograms = Histograms.builder();
        for (int i = 0; i < 3; i++) {
            List<Span> spans = List.of(new Span(i * shift, HistogramLayout.MAX_BUCKETS));
            HistogramLayout layout =
                    new HistogramLayout(flavour, 8, 0, spans, List.of(), List.of());
            long[] buckets = random.longs(HistogramLayout.MAX_BUCKETS).toArray();
            Totals totals = new Totals(1, 1, 1);
            histograms.add(
                    Specimens.START_MS + i,
                    Histogram.of(layout, ResetHint.UNKNOWN, totals, buckets));
        }
        return new Series(Labels.of("n", "1"), Samples.NONE, histograms.build());
    }
}
