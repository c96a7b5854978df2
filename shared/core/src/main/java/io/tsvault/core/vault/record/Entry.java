package io.tsvault.core.vault.record;

import io.tsvault.core.failure.DamagedVault;
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

    /// No record is longer.
    public static final int MOST_BYTES = 1 << 20;

    static final int FORMAT = 1;

    /// Reads a record.
    ///
    /// @param key where the bytes were, for messages
    /// @throws DamagedVault when they are no record
    /// @throws UnsupportedVault when another version of tsvault is needed
    public static Entry read(byte[] bytes, String key) {
        return Records.read(bytes, key);
    }

    /// Reads a record out of a page that has the hash which its STATE record names: who packed it
    /// had found it in canonical form.
    ///
    /// @param key where the record would be by itself, for messages
    /// @throws DamagedVault when it is no record
    /// @throws UnsupportedVault when another version of tsvault is needed
    public static Entry readPacked(byte[] bytes, String key) {
        return Records.readPacked(bytes, key);
    }

    /// The bytes of the record.
    public byte[] toBytes() {
        return Records.write(this);
    }

    /// Such as `SWEEP_PLAN`.
    public String kind() {
        return EventJson.kind(event);
    }

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
