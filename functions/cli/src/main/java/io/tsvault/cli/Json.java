package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// Prints one JSON document, whole or not at all.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// What goes into the document.
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    static void print(PrintWriter out, Content content) throws IOException {
        StringWriter document = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(document)) {
            content.write(json);
        }
        out.println(document);
    }
}
