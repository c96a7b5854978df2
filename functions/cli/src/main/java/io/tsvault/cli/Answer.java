package io.tsvault.cli;

import io.tsvault.core.json.Json;

import java.io.PrintWriter;

/// What a command has to say: lines for people, one document for machines.
///
/// @param code to exit with
record Answer(String text, Json json, int code) {
    static Answer done(String text, Json json) {
        return new Answer(text, json, 0);
    }

    /// What was to be said was said on the way.
    static Answer told(int code) {
        return new Answer("", Json.object(), code);
    }

    private boolean isTold() {
        return text.isEmpty() && json.equals(Json.object());
    }

    /// Prints it.
    ///
    /// @return the code to exit with
    int print(PrintWriter out, boolean asJson) {
        if (!isTold()) {
            out.println(asJson ? Json.toString(json) : text.stripTrailing());
        }
        return code;
    }
}
