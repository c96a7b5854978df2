package io.tsvault.core.vault;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;

/// A record: an event in its place in a log.
///
/// @param vault id of the vault
/// @param log whose record it is
/// @param seq its number, from 1, without a hole
/// @param previous SHA-256 of the bytes of the record before; zeros for the first
/// @param attempt the run that wrote it, so that a writer knows its own
/// @param writer program and version
/// @param writtenMs by the writer's clock; for people
public record Entry(
        String vault,
        LogName log,
        long seq,
        String previous,
        String attempt,
        String writer,
        long writtenMs,
        Event event) {

    static final int FORMAT = 1;

    Json toJson() {
        return Json.object()
                .with("attempt", attempt)
                .with("body", EventJson.body(event))
                .with("format", FORMAT)
                .with("kind", EventJson.kind(event))
                .with("log", log.path())
                .with("previous", previous)
                .with("seq", seq)
                .with("vault", vault)
                .with("writer", writer)
                .with("writtenMs", writtenMs);
    }

    static Entry of(Fields fields) {
        String kind = fields.text("kind");
        return new Entry(
                fields.text("vault"),
                new LogName(fields.text("log")),
                fields.whole("seq", 1, Long.MAX_VALUE),
                fields.text("previous"),
                fields.text("attempt"),
                fields.text("writer"),
                fields.whole("writtenMs"),
                fields.object("body", body -> EventJson.event(kind, body))
                        .orElseThrow(() -> new IllegalArgumentException("no body")));
    }
}
