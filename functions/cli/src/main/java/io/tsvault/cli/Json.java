package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Prints one JSON document.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// What goes into the document.
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /// Whole or not at all.
    static void print(PrintWriter out, Content content) throws IOException {
        StringWriter document = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(document)) {
            content.write(json);
        }
        out.println(document);
    }

    /// As it comes, for documents that are too large to wait. One that fails on the way is cut, and
    /// so no document.
    static void stream(PrintWriter out, Content content) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            content.write(json);
        }
        out.println();
    }
}
