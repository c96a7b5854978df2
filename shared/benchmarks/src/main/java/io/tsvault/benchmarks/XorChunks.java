package io.tsvault.benchmarks;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.xor.XorDecoder;
import io.tsvault.wire.xor.XorEncoder;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Series in XOR chunks of 120 samples, one behind the other: the yardstick.
final class XorChunks {
    private static final int SAMPLES = 120;
    private static final int MOST_BYTES_PER_SAMPLE = 19;
    private static final int MOST_BYTES_BESIDE_SAMPLES = 32;

    private final XorEncoder encoder = new XorEncoder();
    private final XorDecoder decoder = new XorDecoder();
    private final long[] timestampsMs = new long[SAMPLES];
    private final long[] valueBits = new long[SAMPLES];
    private final List<Series> series;
    private byte[] bytes = new byte[1 << 20];
    private int[] ends = new int[1 << 10];
    private int chunks;

    XorChunks(List<Series> series) {
        this.series = series;
        encode();
    }

    /// All series into one array, which is used again; returns how many bytes they take.
    int encode() {
        chunks = 0;
        int end = 0;
        for (Series one : series) {
            Samples samples = one.samples();
            for (int i = 0; i < samples.size(); i++) {
                encoder.append(samples.timestampMs(i), samples.valueBits(i));
                if (encoder.size() == SAMPLES || i == samples.size() - 1) {
                    end = take(end);
                }
            }
        }
        return end;
    }

    private int take(int at) {
        int room = MOST_BYTES_BESIDE_SAMPLES + MOST_BYTES_PER_SAMPLE * SAMPLES;
        if (bytes.length - at < room) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (chunks == ends.length) {
            ends = Arrays.copyOf(ends, 2 * chunks);
        }
        int end = at + encoder.take(bytes, at);
        ends[chunks++] = end;
        return end;
    }

    /// All chunks into the same two arrays, as fast as it gets; returns how many samples they have.
    long decode() {
        long samples = 0;
        for (int i = 0; i < chunks; i++) {
            samples += decode(i);
        }
        return samples;
    }

    private int decode(int chunk) {
        open(chunk);
        return decoder.decode(timestampsMs, valueBits, 0);
    }

    private void open(int chunk) {
        int start = chunk == 0 ? 0 : ends[chunk - 1];
        decoder.open(bytes, start, ends[chunk] - start);
    }

    /// The series again, each with arrays of its own, one at a time.
    Stream<Series> series() {
        int[] chunk = {0};
        return series.stream()
                .map(one -> new Series(one.labels(), samples(chunk, one.samples().size())));
    }

    private Samples samples(int[] chunk, int size) {
        long[] times = new long[size];
        long[] bits = new long[size];
        for (int i = 0; i < size; ) {
            open(chunk[0]++);
            i += decoder.decode(times, bits, i);
        }
        return Samples.view(times, 0, bits, 0, size);
    }
}
