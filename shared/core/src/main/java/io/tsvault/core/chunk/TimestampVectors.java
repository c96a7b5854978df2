package io.tsvault.core.chunk;

import io.tsvault.core.series.Samples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The distinct timestamp vectors of a group. The series of one scrape share one; a series that
/// came later or went earlier has a slice of it.
final class TimestampVectors {
    /// Where the timestamps of a series lie.
    record Slice(int vector, int from, int size) {}

    private static final int FIRST_SLOTS = 1 << 14;

    private final List<long[]> vectors = new ArrayList<>();
    private final Map<Integer, List<Integer>> byHash = new HashMap<>();
    private long[] keys = new long[FIRST_SLOTS];
    private int[] vector = new int[FIRST_SLOTS];
    private int[] position = new int[FIRST_SLOTS];
    private int used;

    private TimestampVectors() {
        Arrays.fill(vector, -1);
    }

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
        int slot = slot(samples.timestampMs(0));
        if (vector[slot] >= 0 && samples.hasTimestamps(vectors.get(vector[slot]), position[slot])) {
            return new Slice(vector[slot], position[slot], samples.size());
        }
        // Two vectors may begin alike and differ later, by a gap.
        long[] timestamps = new long[samples.size()];
        samples.copyTimestamps(timestamps, 0);
        List<Integer> alike =
                byHash.computeIfAbsent(Arrays.hashCode(timestamps), _ -> new ArrayList<>());
        for (int known : alike) {
            if (samples.hasTimestamps(vectors.get(known), 0)) {
                return new Slice(known, 0, timestamps.length);
            }
        }
        int number = vectors.size();
        alike.add(number);
        vectors.add(timestamps);
        for (int i = 0; i < timestamps.length; i++) {
            index(timestamps[i], number, i);
        }
        return new Slice(number, 0, timestamps.length);
    }

    /// The first vector that holds a timestamp keeps it.
    private void index(long timestampMs, int number, int at) {
        int slot = slot(timestampMs);
        if (vector[slot] >= 0) {
            return;
        }
        keys[slot] = timestampMs;
        vector[slot] = number;
        position[slot] = at;
        used++;
        if (2 * used > keys.length) {
            grow();
        }
    }

    private int slot(long timestampMs) {
        int mask = keys.length - 1;
        int slot = (int) ((timestampMs * 0x9e3779b97f4a7c15L) >>> 32) & mask;
        while (vector[slot] >= 0 && keys[slot] != timestampMs) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldVector = vector;
        int[] oldPosition = position;
        keys = new long[2 * oldKeys.length];
        vector = new int[keys.length];
        position = new int[keys.length];
        Arrays.fill(vector, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldVector[i] >= 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                vector[slot] = oldVector[i];
                position[slot] = oldPosition[i];
            }
        }
    }
}
