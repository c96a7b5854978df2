package io.tsvault.core.vault;

import io.tsvault.core.chunk.ChunkSummary;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a record says of a chunk whose bytes have the hash that it names. Where the two differ, the
/// record was changed, and not the chunk.
///
/// @param log as far as it was read
/// @param key of the chunk
record Claim(Log log, String key, ChunkSummary says) {
    /// @param has what the chunk says of itself
    Problem problem(ChunkSummary has) {
        Optional<String> record =
                log.state()
                        .flatMap(state -> state.naming(key))
                        .map(seq -> ObjectKey.record(log.name(), seq));
        return record.map(
                        changed ->
                                new Problem(
                                        changed,
                                        "it was changed: %s; that chunk is sound: %s"
                                                .formatted(differences(has), key)))
                .orElseGet(
                        () ->
                                new Problem(
                                        key,
                                        "a record that names it was changed: " + differences(has)));
    }

    private String differences(ChunkSummary has) {
        return Stream.of(
                        difference("series", says.series(), has.series()),
                        difference("samples", says.samples(), has.samples()),
                        difference("as oldest time", says.minTimeMs(), has.minTimeMs()),
                        difference("as newest time", says.maxTimeMs(), has.maxTimeMs()),
                        difference("row groups", says.rowGroups(), has.rowGroups()),
                        difference("bytes", says.bytes(), has.bytes()),
                        difference("as digest", says.digest(), has.digest()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> difference(String what, long says, long has) {
        return says == has
                ? Optional.empty()
                : Optional.of("it says %d %s, the chunk has %d".formatted(says, what, has));
    }
}
