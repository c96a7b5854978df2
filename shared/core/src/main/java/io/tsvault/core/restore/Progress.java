package io.tsvault.core.restore;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;

/// How far a partition has come. A hint for whoever goes on: what it says was proven then.
///
/// @param doneMs all windows before this are proven
/// @param outcome of those
record Progress(long doneMs, Outcome outcome) {
    byte[] toBytes() {
        return json().toBytes();
    }

    Json json() {
        return Json.object()
                .with("doneMs", doneMs)
                .with("expected", outcome.expected())
                .with("before", outcome.before())
                .with("written", outcome.written())
                .with("conflicts", outcome.conflicts())
                .with("missing", outcome.missing())
                .with("rounded", outcome.rounded())
                .with("between", outcome.between())
                .with("replaced", outcome.replaced());
    }

    static Progress read(byte[] bytes) {
        return Fields.read(
                Json.parse(bytes, "the progress"),
                Unknown.IGNORED,
                f ->
                        new Progress(
                                f.whole("doneMs"),
                                new Outcome(
                                        f.count("expected"),
                                        f.count("before"),
                                        f.count("written"),
                                        f.count("conflicts"),
                                        f.count("missing"),
                                        f.count("rounded"),
                                        f.count("between"),
                                        f.has("replaced") ? f.count("replaced") : 0)));
    }
}
