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

    /// Prints it.
    ///
    /// @return the code to exit with
    int print(PrintWriter out, boolean asJson) {
        out.println(asJson ? Json.toString(json) : text.stripTrailing());
        return code;
    }
}
