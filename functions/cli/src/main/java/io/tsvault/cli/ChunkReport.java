package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.chunk.ChunkAnatomy;
import io.tsvault.core.chunk.ChunkAnatomy.Mode;
import io.tsvault.core.chunk.ChunkAnatomy.Use;
import io.tsvault.core.chunk.ChunkAnatomy.Window;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkSummary;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/// What a chunk holds, where its bytes are, and whether it is whole.
///
/// @param file as it was named
/// @param metadata of how many metric families something is known
record ChunkReport(
        String file,
        String sha256,
        Map<String, String> properties,
        ChunkSummary summary,
        ChunkAnatomy anatomy,
        int metadata)
        implements Listing {
    /// Reads everything that the chunk holds.
    static ChunkReport of(ChunkFile file, ChunkReader reader) throws IOException {
        return new ChunkReport(
                file.name(),
                file.sha256(),
                new TreeMap<>(reader.properties()),
                reader.summary(),
                reader.anatomy(),
                reader.metadata().size());
    }

    @Override
    public void print(PrintWriter out) {
        new ChunkText(this, out).print();
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStringField("file", file);
        json.writeStringField("format", anatomy.format());
        json.writeNumberField("bytes", summary.bytes());
        json.writeStringField("sha256", sha256);
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("series", summary.series());
        json.writeNumberField("samples", summary.samples());
        json.writeNumberField("histograms", anatomy.histograms());
        if (summary.samples() > 0) {
            json.writeStringField("first", Times.text(summary.minTimeMs()));
            json.writeStringField("last", Times.text(summary.maxTimeMs()));
        }
        json.writeNumberField("metricFamilies", metadata);
        json.writeNumberField("rowGroups", summary.rowGroups());
        json.writeNumberField("verified", anatomy.verified());
        writeUses(json);
        writeModes(json);
        writeWindows(json);
    }

    private void writeUses(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("bytesOf");
        for (Use use : anatomy.uses()) {
            json.writeNumberField(use.what(), use.bytes());
        }
        json.writeEndObject();
    }

    private void writeModes(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("modes");
        for (Mode mode : anatomy.modes()) {
            json.writeStartObject();
            json.writeStringField("mode", mode.name());
            json.writeNumberField("columns", mode.columns());
            json.writeNumberField("values", mode.values());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("timestamps");
        json.writeNumberField("vectors", anatomy.timestamps().vectors());
        json.writeNumberField("written", anatomy.timestamps().written());
        json.writeEndObject();
    }

    private void writeWindows(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("windows");
        for (Window window : anatomy.windows()) {
            json.writeStartObject();
            json.writeStringField("start", Times.text(window.startMs()));
            json.writeNumberField("rowGroups", window.rowGroups());
            json.writeNumberField("series", window.series());
            json.writeNumberField("samples", window.samples());
            json.writeNumberField("bytes", window.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
