package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The names of a run of series in label order: see "LABELS" in the description of the package.
/// Each says how many labels it shares with the one before; of the others it names the values by
/// number, and only a new value is spelt out.
final class LabelBlock {
    /// A block is closed behind the series that exceeds one of these.
    static final int MAX_SERIES = 8192;

    static final int MAX_BYTES = 1 << 20;

    /// What one series may take.
    static final int MAX_LABEL_BYTES = 1 << 20;

    private static final int BLOCKS = 4;

    private final List<Labels> labels;
    private final List<Labels> metrics;
    private final long[] hashes;

    /// These names, as if they had been read.
    LabelBlock(List<Labels> labels) {
        this.labels = List.copyOf(labels);
        hashes = new long[labels.size()];
        List<Labels> names = new ArrayList<>(labels.size());
        Labels metric = Labels.NONE;
        for (int i = 0; i < hashes.length; i++) {
            byte[] canonical = labels.get(i).bytes();
            hashes[i] = XxHash.of(canonical);
            metric = MetricNames.of(canonical, metric);
            names.add(metric);
        }
        metrics = List.copyOf(names);
    }

    /// Some neighbours of a block.
    record Run(LabelBlock block, int first, int size) {
        Stream<Labels> labels() {
            return block.labels.subList(first, first + size).stream();
        }

        Labels labels(int i) {
            return block.labels.get(first + i);
        }

        long hash(int i) {
            return block.hashes[first + i];
        }

        /// The least and the greatest metric name.
        RowGroup.Metrics metrics() {
            Labels least = block.metrics.get(first);
            Labels greatest = least;
            for (Labels metric : block.metrics.subList(first, first + size)) {
                least = metric.compareTo(least) < 0 ? metric : least;
                greatest = metric.compareTo(greatest) > 0 ? metric : greatest;
            }
            return new RowGroup.Metrics(least, greatest);
        }
    }

    int size() {
        return labels.size();
    }

    /// Of how many bytes more than [Limits#LABEL_BYTES] for each they are.
    long longLabels() {
        return longLabels(labels.stream().mapToLong(Labels::byteLength).sum(), labels.size());
    }

    static long longLabels(long bytes, int series) {
        return Math.max(0, bytes - (long) series * Limits.LABEL_BYTES);
    }

    Run run(int first, int size) {
        return new Run(this, first, size);
    }

    List<Labels> labels() {
        return labels;
    }

    /// Texts by their numbers, as they come.
    private static final class Texts {
        final Map<Text, Integer> numbers = new HashMap<>();
        final List<byte[]> texts = new ArrayList<>();

        byte[] last() {
            return texts.isEmpty() ? new byte[0] : texts.getLast();
        }
    }

    /// A byte string as a key.
    private static final class Text {
        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Text that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /// Writes the content of a LABELS stream.
    static byte[] encode(List<Labels> labels) {
        return new Encoder().encode(labels);
    }

    private static final class Encoder {
        private final ByteSink series = new ByteSink();
        private final ByteSink values = new ByteSink();
        private final ByteSink lengths = new ByteSink();
        private final ByteSink text = new ByteSink();
        private final Texts names = new Texts();
        private final Map<Integer, Texts> valuesOf = new HashMap<>();

        byte[] encode(List<Labels> labels) {
            List<byte[]> before = List.of();
            for (Labels one : labels) {
                List<byte[]> strings = strings(one);
                int shared = shared(before, strings);
                series.varint(shared);
                series.varint(strings.size() / 2 - shared);
                for (int i = 2 * shared; i < strings.size(); i += 2) {
                    int name = number(names, strings.get(i), series);
                    number(
                            valuesOf.computeIfAbsent(name, _ -> new Texts()),
                            strings.get(i + 1),
                            values);
                }
                before = strings;
            }
            ByteSink all = new ByteSink();
            all.varint(labels.size());
            for (ByteSink block : List.of(series, values, lengths, text)) {
                all.block(block.toArray());
            }
            return all.toArray();
        }

        private static List<byte[]> strings(Labels labels) {
            ByteSource canonical = new ByteSource(labels.bytes(), 0);
            List<byte[]> strings = new ArrayList<>();
            while (canonical.remaining() > 0) {
                strings.add(canonical.bytes((int) canonical.varint()));
            }
            return strings;
        }

        private static int shared(List<byte[]> before, List<byte[]> strings) {
            int most = Math.min(before.size(), strings.size()) / 2;
            for (int i = 0; i < most; i++) {
                if (!Arrays.equals(before.get(2 * i), strings.get(2 * i))
                        || !Arrays.equals(before.get(2 * i + 1), strings.get(2 * i + 1))) {
                    return i;
                }
            }
            return most;
        }

        private int number(Texts texts, byte[] bytes, ByteSink to) {
            int next = texts.texts.size();
            Integer known = texts.numbers.putIfAbsent(new Text(bytes), next);
            to.varint(known == null ? next : known);
            if (known != null) {
                return known;
            }
            int mismatch = Arrays.mismatch(texts.last(), bytes);
            int kept = mismatch < 0 ? bytes.length : mismatch;
            lengths.varint(kept);
            lengths.varint(bytes.length - kept);
            text.bytes(bytes, kept, bytes.length - kept);
            texts.texts.add(bytes);
            return next;
        }
    }

    /// Reads the content of a LABELS stream.
    static LabelBlock decode(ByteSource source) {
        return new Decoder(source).decode();
    }

    /// Grows with what it reads and with nothing that is only announced: each text is kept once,
    /// each series' labels once, and both sums are bounded.
    private static final class Decoder {
        private final ByteSource series;
        private final ByteSource values;
        private final ByteSource lengths;
        private final ByteSource text;
        private final int count;
        private final ByteSink texts = new ByteSink();
        private final Numbers ends = new Numbers();
        private final Numbers names = new Numbers();
        private final List<Numbers> valuesOf = new ArrayList<>();
        private final ByteSink canonical = new ByteSink();
        private final Numbers labelEnds = new Numbers();
        private long labelBytes;

        Decoder(ByteSource source) {
            count = source.count("series in a label block", MAX_SERIES);
            ByteSource[] blocks = new ByteSource[BLOCKS];
            for (int i = 0; i < BLOCKS; i++) {
                blocks[i] = source.slice(source.count("bytes in a block", source.remaining()));
            }
            source.requireEnd("LABELS");
            series = blocks[0];
            values = blocks[1];
            lengths = blocks[2];
            text = blocks[3];
        }

        LabelBlock decode() {
            List<Labels> labels = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                labels.add(next());
            }
            series.requireEnd("SERIES");
            values.requireEnd("VALUES");
            lengths.requireEnd("LENGTHS");
            text.requireEnd("TEXT");
            return new LabelBlock(labels);
        }

        private Labels next() {
            int shared = series.count("shared labels", labelEnds.size);
            labelEnds.size = shared;
            canonical.truncate(shared == 0 ? 0 : labelEnds.last());
            int more = series.count("labels", series.remaining());
            for (int i = 0; i < more; i++) {
                label();
            }
            labelBytes += canonical.size();
            bound(labelBytes, MAX_BYTES + MAX_LABEL_BYTES);
            try {
                return Labels.ofSorted(canonical.toArray());
            } catch (IllegalArgumentException e) {
                throw series.damaged(String.valueOf(e.getMessage()));
            }
        }

        private void label() {
            int name = text(series, names);
            if (name == valuesOf.size()) {
                valuesOf.add(new Numbers());
            }
            append(names.array[name]);
            Numbers known = valuesOf.get(name);
            int value = text(values, known);
            append(known.array[value]);
            bound(canonical.size(), MAX_LABEL_BYTES);
            labelEnds.add(canonical.size());
        }

        private void append(int number) {
            int start = start(number);
            int length = ends.array[number] - start;
            canonical.varint(length);
            canonical.bytes(texts.array(), start, length);
        }

        private int start(int number) {
            return number == 0 ? 0 : ends.array[number - 1];
        }

        /// The number of a text among those that a name has, or among all names; it is added when
        /// it is new.
        private int text(ByteSource numbers, Numbers known) {
            int number = numbers.count("texts", known.size);
            if (number < known.size) {
                return number;
            }
            int last = known.size == 0 ? -1 : known.last();
            int kept = lengths.count("bytes kept", last < 0 ? 0 : ends.array[last] - start(last));
            int length = lengths.count("bytes of text", text.remaining());
            if (kept + length == 0) {
                throw lengths.damaged("an empty text");
            }
            bound(texts.size() + (long) kept + length, MAX_BYTES + MAX_LABEL_BYTES);
            if (kept > 0) {
                texts.bytes(texts.array(), start(last), kept);
            }
            texts.bytes(text.array(), text.position(), length);
            text.skip(length);
            known.add(ends.size);
            ends.add(texts.size());
            return number;
        }

        private void bound(long bytes, int most) {
            if (bytes > most) {
                throw series.damaged("more than " + most + " bytes of labels");
            }
        }
    }

    /// Integers that grow at the end; there may be one such list for each label name.
    private static final class Numbers {
        private int[] array = new int[1];
        private int size;

        void add(int number) {
            if (size == array.length) {
                array = Arrays.copyOf(array, 2 * size);
            }
            array[size++] = number;
        }

        int last() {
            return array[size - 1];
        }
    }
}
