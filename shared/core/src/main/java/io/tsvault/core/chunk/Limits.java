package io.tsvault.core.chunk;

import io.tsvault.core.series.TimeRange;

import java.math.BigInteger;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a chunk may hold. A reader refuses more before it allocates anything for it; together they
/// let every chunk, whole or damaged, be read in 64 MB of heap.
final class Limits {
    /// Row groups do not cross the edges of windows of this length, counted from the epoch: the
    /// blocks of Prometheus begin there too.
    static final long WINDOW_MS = Duration.ofHours(2).toMillis();

    /// Of a whole file: what one PUT of an object store takes without parts, and what a function
    /// with little memory can hold.
    static final int FILE_BYTES = 64 << 20;

    /// Of the streams of one row group, as they are in the file: what they may say of the most
    /// values, and 1 MiB for streams that are optional.
    static final int GROUP_BYTES = 10 << 20;

    /// Numbers in one row group; 2 MiB when decoded.
    static final int GROUP_VALUES = 1 << 18;

    /// Row groups, and label blocks, in one file.
    static final int GROUPS = 1 << 14;

    /// Series of label blocks that need not be named by row groups, each block counted whenever a
    /// group names another one than the group before; further ones only as often again as they are
    /// named. Whoever reads groups one after the other decodes no more names.
    static final int UNNAMED_SERIES = 4 * LabelBlock.MAX_SERIES;

    /// What the labels of a series may take without being counted,
    static final int LABEL_BYTES = 4 << 10;

    /// and what they may take besides in a file, counted in the same way.
    static final int LONG_LABEL_BYTES = 16 << 20;

    /// Of the index, the metadata and each label block, decompressed.
    static final int DIRECTORY_BYTES = 4 << 20;

    /// The same as it is in the file: a stream that would grow is not compressed.
    static final int PACKED_DIRECTORY_BYTES = DIRECTORY_BYTES + 32;

    /// Of the metadata, by [MetadataBlock#bytes], so that many small ones cost no memory either.
    static final int METADATA_BYTES = DIRECTORY_BYTES / 2;

    /// How many properties there may be, and how many bytes in all.
    static final int PROPERTIES = 256;

    static final int PROPERTY_BYTES = 64 << 10;

    /// Values of series that are held at a time to merge windows: 16 MiB with their timestamps, and
    /// as much again while a long one is joined.
    static final int HELD_VALUES = 1 << 20;

    /// Of the parts of one series in one window, by [Parts#held]: 40 MiB, or 1.3 million floats.
    static final int JOINED_VALUES = 5 << 19;

    private Limits() {}

    static long window(long timestampMs) {
        return Math.floorDiv(timestampMs, WINDOW_MS);
    }

    /// When a window begins.
    static long startMs(long window) {
        return edge(window, 0);
    }

    /// The parts of a window, each `widthMs` long, in order.
    static Stream<TimeRange> parts(long window, long widthMs) {
        return LongStream.range(0, WINDOW_MS / widthMs)
                .mapToObj(
                        part ->
                                new long[] {
                                    edge(window, part * widthMs), edge(window, (part + 1) * widthMs)
                                })
                .filter(edges -> edges[0] < edges[1])
                .map(edges -> new TimeRange(edges[0], edges[1]));
    }

    /// Some milliseconds behind the start of a window, as far as there is time.
    private static long edge(long window, long behindMs) {
        BigInteger edge =
                BigInteger.valueOf(window)
                        .multiply(BigInteger.valueOf(WINDOW_MS))
                        .add(BigInteger.valueOf(behindMs));
        if (edge.bitLength() < Long.SIZE) {
            return edge.longValue();
        }
        return edge.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
