package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;

/// One row group of a chunk, as the index describes it: a run of series in label order, and their
/// samples of one window.
///
/// @param extent where its streams lie
/// @param names which of the file's labels are its series'
/// @param times the oldest and the newest timestamp
/// @param metrics the least and the greatest metric name
/// @param size how much it holds
/// @param digest of the decoded content
public record RowGroup(
        Extent extent, NameRun names, Times times, Metrics metrics, Size size, long digest) {

    /// Some bytes of a file.
    public record Extent(long offset, int length) {
        /// Where the next byte behind it lies.
        public long end() {
            return offset + length;
        }
    }

    /// A run of series in a label block.
    ///
    /// @param block number of the label block
    /// @param first number of the first series in it
    public record NameRun(int block, int first) {}

    /// Both inclusive, in milliseconds.
    public record Times(long minMs, long maxMs) {}

    /// Both inclusive, each as the one label that carries it, or no label.
    public record Metrics(Labels min, Labels max) {}

    /// How much a row group holds.
    ///
    /// @param series how many
    /// @param samples of all series, floats and histograms
    /// @param values how many numbers they are made of: one for a float, more for a histogram
    public record Size(int series, int samples, int values) {}

    /// The same, with its names in another block.
    RowGroup named(int block) {
        return new RowGroup(
                extent, new NameRun(block, names.first()), times, metrics, size, digest);
    }
}
