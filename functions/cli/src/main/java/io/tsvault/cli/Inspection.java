package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.record.Head;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was seen of an object of a vault.
///
/// @param lines for people: a name, two spaces, a value
/// @param problem why it is not what belongs there
record Inspection(String key, List<String> lines, Json.Members json, Optional<String> problem) {
    Inspection {
        lines = List.copyOf(lines);
    }

    /// Of these bytes, of which nothing else is known yet.
    static Inspection of(String key, byte[] bytes) {
        String sha256 = Head.hash(bytes);
        Json.Members json =
                Json.object().with("key", key).with("bytes", bytes.length).with("sha256", sha256);
        return new Inspection(key, List.of(), json, Optional.empty())
                .line("bytes", "%,d".formatted(bytes.length))
                .line("sha256", sha256);
    }

    /// This and one more line for people.
    Inspection line(String name, String value) {
        List<String> more = new ArrayList<>(lines);
        more.add("  %-9s %s".formatted(name, value));
        return new Inspection(key, more, json, problem);
    }

    /// This and one more member for machines.
    Inspection member(String name, Json value) {
        return new Inspection(key, lines, json.with(name, value), problem);
    }

    /// This, and why it is not what belongs there.
    Inspection wrong(Optional<String> why) {
        return why.isEmpty()
                ? this
                : new Inspection(key, lines, json.with("problem", why.get()), why);
    }

    String sha256() {
        return json.values().get("sha256") instanceof Json.Text(String hash) ? hash : "";
    }

    Answer answer() {
        return new Answer(
                key + "\n" + String.join("\n", lines),
                json,
                problem.isPresent() ? Failure.NOT_WHOLE : 0);
    }
}
