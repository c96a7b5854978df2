package io.tsvault.wire.xor;

import java.util.ArrayList;
import java.util.List;

/// Samples as pairs of timestamp and bits, to compare.
record Unpacked(List<Sample> samples) {
    record Sample(long timestampMs, long bits) {}

    /// From `t, bits, t, bits...`.
    static Unpacked of(long... timesAndBits) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < timesAndBits.length; i += 2) {
            samples.add(new Sample(timesAndBits[i], timesAndBits[i + 1]));
        }
        return new Unpacked(samples);
    }

    /// What `chunk` holds.
    static Unpacked of(byte[] chunk) {
        XorDecoder decoder = new XorDecoder();
        int count = decoder.open(chunk, 0, chunk.length);
        long[] timestampsMs = new long[count];
        long[] bits = new long[count];
        decoder.decode(timestampsMs, bits, 0);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(new Sample(timestampsMs[i], bits[i]));
        }
        return new Unpacked(samples);
    }

    byte[] packed() {
        return packed(new XorEncoder());
    }

    byte[] packed(XorEncoder encoder) {
        samples.forEach(sample -> encoder.append(sample.timestampMs, sample.bits));
        return encoder.take();
    }
}
