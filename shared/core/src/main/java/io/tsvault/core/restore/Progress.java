package io.tsvault.core.restore;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.target.Standing;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far a partition has come. A hint for whoever goes on: what it says was proven then, though
/// not that it was flushed, when another had just brought it. A target that was restarted since may
/// have lost it.
///
/// @param doneMs all windows before this are proven
/// @param outcome of those
/// @param started when the target was, as far as it tells; none too when what it says was flushed,
///     so that no restart can have lost it
/// @param seen the newest record of each stream that it was read by: what came later was not in
///     it
record Progress(
        long doneMs, Outcome outcome, Optional<Instant> started, SortedMap<String, Long> seen) {
    Progress {
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    Progress(long doneMs, Outcome outcome, Optional<Instant> started) {
        this(doneMs, outcome, started, Collections.emptySortedMap());
    }

    /// Is it as true of the target as it is now?
    boolean holdsFor(Standing now) {
        return started.isEmpty() || started.equals(now.started());
    }

    byte[] toBytes() {
        return json().toBytes();
    }

    Json json() {
        Json.Members heads = Json.object();
        for (var head : seen.entrySet()) {
            heads = heads.with(head.getKey(), Long.toString(head.getValue()));
        }
        return Json.object()
                .with("doneMs", doneMs)
                .with("seen", heads)
                .with("targetStarted", started.map(Instant::toString).orElse(""))
                .with("expected", outcome.expected())
                .with("before", outcome.before())
                .with("written", outcome.written())
                .with("conflicts", outcome.conflicts())
                .with("missing", outcome.missing())
                .with("rounded", outcome.rounded())
                .with("between", outcome.between())
                .with("replaced", outcome.replaced())
                .with("unkept", outcome.unkept())
                .with("doubled", outcome.doubled());
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
                                        f.has("replaced") ? f.count("replaced") : 0,
                                        f.has("unkept") ? f.count("unkept") : 0,
                                        f.has("doubled") ? f.count("doubled") : 0),
                                started(f),
                                seen(f)));
    }

    private static SortedMap<String, Long> seen(Fields fields) {
        SortedMap<String, Long> seen = new TreeMap<>();
        if (fields.has("seen")) {
            fields.strings("seen").forEach((log, seq) -> seen.put(log, Long.parseLong(seq)));
        }
        return seen;
    }

    private static Optional<Instant> started(Fields fields) {
        return fields.has("targetStarted") && !fields.text("targetStarted").isEmpty()
                ? Optional.of(Instant.parse(fields.text("targetStarted")))
                : Optional.empty();
    }
}
