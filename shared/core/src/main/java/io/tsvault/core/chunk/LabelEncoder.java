package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the content of a LABELS stream. Each series says how many labels it shares with the one
/// before; of the others it names the values by number, and only a new value is spelt out. Used
/// once.
final class LabelEncoder {
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
        Integer known = texts.numbers.putIfAbsent(ByteBuffer.wrap(bytes), next);
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

    /// Texts by their numbers, as they come.
    private static final class Texts {
        final Map<ByteBuffer, Integer> numbers = new HashMap<>();
        final List<byte[]> texts = new ArrayList<>();

        byte[] last() {
            return texts.isEmpty() ? new byte[0] : texts.getLast();
        }
    }
}
