package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The distinct timestamp vectors of a group. The series of one scrape share one; a series that
/// came later or went earlier has a slice of it.
final class TimestampVectors {
    /// Slices are looked for in so many vectors. More would make a group in which no series shares
    /// its timestamps quadratic.
    private static final int SEARCHED = 64;

    /// Where the timestamps of a series lie.
    record Slice(int vector, int from, int size) {}

    private final List<long[]> vectors = new ArrayList<>();
    private final Map<Long, Slice> byFirst = new HashMap<>();
    private final Map<Integer, List<Integer>> byHash = new HashMap<>();

    private TimestampVectors() {}

    /// Finds vectors for all columns, and writes the slice of column `i` to `slices[i]`.
    static TimestampVectors of(List<Samples> columns, Slice[] slices) {
        TimestampVectors result = new TimestampVectors();
        long[] order = new long[columns.size()];
        // The longest first, so that what can be a slice finds what it is a slice of.
        Arrays.setAll(order, i -> ((long) -columns.get(i).size() << 32) | i);
        Arrays.sort(order);
        for (long next : order) {
            slices[(int) next] = result.place(columns.get((int) next));
        }
        return result;
    }

    List<long[]> vectors() {
        return vectors;
    }

    private Slice place(Samples samples) {
        Slice likely = byFirst.get(samples.timestampMs(0));
        if (likely != null && samples.hasTimestamps(vectors.get(likely.vector()), likely.from())) {
            return new Slice(likely.vector(), likely.from(), samples.size());
        }
        // Two vectors may begin alike and differ later, by a gap.
        long[] timestamps = new long[samples.size()];
        samples.copyTimestamps(timestamps, 0);
        List<Integer> alike =
                byHash.computeIfAbsent(Arrays.hashCode(timestamps), _ -> new ArrayList<>());
        for (int known : alike) {
            if (samples.hasTimestamps(vectors.get(known), 0)) {
                return new Slice(known, 0, samples.size());
            }
        }
        Slice slice = likely == null ? search(samples) : null;
        if (slice == null) {
            slice = new Slice(vectors.size(), 0, samples.size());
            alike.add(vectors.size());
            vectors.add(timestamps);
        }
        byFirst.putIfAbsent(timestamps[0], slice);
        return slice;
    }

    /// The slice of an earlier vector that begins anywhere in it, or null.
    private @Nullable Slice search(Samples samples) {
        for (int i = 0; i < Math.min(SEARCHED, vectors.size()); i++) {
            int from = Arrays.binarySearch(vectors.get(i), samples.timestampMs(0));
            if (from >= 0 && samples.hasTimestamps(vectors.get(i), from)) {
                return new Slice(i, from, samples.size());
            }
        }
        return null;
    }
}
