package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintWriter;

/// What can be shown to people and to machines.
interface Listing {
    /// Prints it as text.
    void print(PrintWriter out);

    /// Writes the fields of a JSON object that has begun.
    void write(JsonGenerator json) throws IOException;
}
