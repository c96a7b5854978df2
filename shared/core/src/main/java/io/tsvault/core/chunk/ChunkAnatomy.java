package io.tsvault.core.chunk;

import java.util.List;

/// What the bytes of a chunk are used for, and how its content is written.
///
/// @param format its version, `1.0`, with the features that a reader must know
/// @param verified how many row groups were decoded and are as they were written; what follows
///     counts only these, unless it says otherwise
/// @param histograms how many of the samples are native histograms
/// @param uses of all bytes of the file: they add up to its length
/// @param modes how columns of doubles are written; those that are not used are left out
/// @param timestamps how they are written
/// @param windows of two hours, as the index describes them, damaged or not
public record ChunkAnatomy(
        String format,
        int verified,
        long histograms,
        List<Use> uses,
        List<Mode> modes,
        Timestamps timestamps,
        List<Window> windows) {

    public ChunkAnatomy {
        uses = List.copyOf(uses);
        modes = List.copyOf(modes);
        windows = List.copyOf(windows);
    }

    /// What some bytes are for.
    ///
    /// @param what a stream of row groups, `labels`, `metadata`, `index`, `frame`, or `damaged` row
    ///     groups; `other` is what this reader passed over
    public record Use(String what, long bytes) {}

    /// A way to write columns of doubles.
    ///
    /// @param name `constant`, `copy`, `decimal`, ...
    /// @param columns written so: the floats of a series in a row group are one
    /// @param values in them
    public record Mode(String name, long columns, long values) {}

    /// Each row group writes every distinct vector of timestamps once.
    ///
    /// @param vectors of all row groups
    /// @param written timestamps in them
    public record Timestamps(long vectors, long written) {}

    /// Two hours.
    ///
    /// @param startMs in milliseconds
    /// @param rowGroups that begin in it
    /// @param series how many different label sets
    /// @param samples floats and histograms
    /// @param bytes of the row groups, without labels
    public record Window(long startMs, int rowGroups, long series, long samples, long bytes) {}
}
