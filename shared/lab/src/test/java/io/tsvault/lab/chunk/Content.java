package io.tsvault.lab.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.HashMap;
import java.util.Map;

/// What many samples come to: a hash for each series, over its timestamps and value bits in their
/// order, however they are cut into pieces. Each step of the hash is a bijection, so that a single
/// sample that differs cannot be missed.
final class Content {
    private static final long ODD = 0x9e3779b97f4a7c15L;

    private final Map<Labels, Long> hashes = new HashMap<>();

    void add(Series piece) {
        hashes.put(piece.labels(), hash(hashes.getOrDefault(piece.labels(), 0L), piece.samples()));
    }

    private static long hash(long before, Samples samples) {
        long hash = before;
        for (int i = 0; i < samples.size(); i++) {
            hash = step(step(hash, samples.timestampMs(i)), samples.valueBits(i));
        }
        return hash;
    }

    private static long step(long hash, long word) {
        return Long.rotateLeft((hash ^ word) * ODD, 29) + 1;
    }

    /// By labels.
    Map<Labels, Long> hashes() {
        return Map.copyOf(hashes);
    }
}
