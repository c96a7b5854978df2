package io.tsvault.core.chunk;

/// The digest of what a row group holds, whatever its encoding: XXH64 over five 64-bit words for
/// each series.
///
/// 1. XXH64 of the labels in canonical form
/// 2. how many float samples
/// 3. XXH64 of their timestamps
/// 4. XXH64 of their value bits
/// 5. XXH64 of the histograms, see [HistogramDigest]; 0 without any
final class Digest {
    private static final int WORDS = 5;

    private final long[] words;
    private int at;

    Digest(int series) {
        words = new long[WORDS * series];
    }

    /// Adds the next series.
    void add(long labels, int floats, long timestamps, long values, long histograms) {
        words[at] = labels;
        words[at + 1] = floats;
        words[at + 2] = timestamps;
        words[at + 3] = values;
        words[at + 4] = histograms;
        at += WORDS;
    }

    long value() {
        return XxHash.of(words, 0, at);
    }
}
