package io.tsvault.core.chunk;

/// What a chunk holds, for people and for records.
///
/// @param series how many different label sets
/// @param samples floats and histograms
/// @param minTimeMs the oldest timestamp; [Long#MAX_VALUE] without any
/// @param maxTimeMs the newest timestamp; [Long#MIN_VALUE] without any
/// @param rowGroups how many
/// @param bytes of the file
/// @param digest XXH64 of the digests of all row groups in their order
public record ChunkSummary(
        long series,
        long samples,
        long minTimeMs,
        long maxTimeMs,
        int rowGroups,
        long bytes,
        long digest) {

    static ChunkSummary of(Index index, long bytes) {
        long samples = 0;
        long minMs = Long.MAX_VALUE;
        long maxMs = Long.MIN_VALUE;
        long[] digests = new long[index.groups().size()];
        for (int i = 0; i < digests.length; i++) {
            RowGroup group = index.groups().get(i);
            samples += group.size().samples();
            minMs = Math.min(minMs, group.times().minMs());
            maxMs = Math.max(maxMs, group.times().maxMs());
            digests[i] = group.digest();
        }
        return new ChunkSummary(
                index.series(),
                samples,
                minMs,
                maxMs,
                digests.length,
                bytes,
                XxHash.of(digests, 0, digests.length));
    }
}
