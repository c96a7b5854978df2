package io.tsvault.cli;

import io.tsvault.core.json.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;

/// Which part of a backup is meant.
final class PartOptions {
    @Option(names = "--from", paramLabel = "TIME", description = "Only samples since then.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only samples before then.")
    private @Nullable String to;

    @Option(
            names = "--match",
            paramLabel = "SELECTOR",
            description = "Only these series; may be repeated.")
    private List<String> match = List.of();

    /// A manifest that says so.
    Json.Members in(Json.Members manifest) {
        Instant now = Instant.now();
        Json.Members json = manifest;
        json = from == null ? json : json.with("from", Times.text(Times.parse(from, now)));
        json = to == null ? json : json.with("to", Times.text(Times.parse(to, now)));
        return match.isEmpty() ? json : json.with("match", match);
    }
}
