package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads the content of a LABELS stream. Grows with what it reads and with nothing that is only
/// announced: each text is kept once, each series' labels once, and both sums are bounded. Used
/// once.
final class LabelDecoder {
    private static final int BLOCKS = 4;

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

    LabelDecoder(ByteSource source) {
        count = source.count("series in a label block", LabelBlock.MAX_SERIES);
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

    List<Labels> decode() {
        List<Labels> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(next());
        }
        series.requireEnd("SERIES");
        values.requireEnd("VALUES");
        lengths.requireEnd("LENGTHS");
        text.requireEnd("TEXT");
        return labels;
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
        bound(labelBytes, LabelBlock.MAX_BYTES + LabelBlock.MAX_LABEL_BYTES);
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
        bound(canonical.size(), LabelBlock.MAX_LABEL_BYTES);
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
        bound(
                texts.size() + (long) kept + length,
                LabelBlock.MAX_BYTES + LabelBlock.MAX_LABEL_BYTES);
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
