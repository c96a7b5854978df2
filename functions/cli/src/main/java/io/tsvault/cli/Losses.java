package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkReader.Loss;
import io.tsvault.core.chunk.RowGroup;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// What of a chunk could not be read.
final class Losses {
    private final List<Loss> losses = new ArrayList<>();

    void add(Loss loss) {
        losses.add(loss);
    }

    boolean isEmpty() {
        return losses.isEmpty();
    }

    /// For people.
    void tell(ChunkReader reader, PrintWriter err) {
        losses.forEach(loss -> err.println("tsvault: " + text(reader, loss)));
    }

    /// For machines: one member of an object that has begun.
    void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("damage");
        for (Loss loss : losses) {
            json.writeStartObject();
            json.writeNumberField("byte", loss.damage().offset());
            json.writeStringField("reason", loss.damage().getMessage());
            if (loss.rowGroup().isPresent()) {
                RowGroup group = loss.rowGroup().get();
                json.writeNumberField("series", group.size().series());
                json.writeNumberField("samples", group.size().samples());
                json.writeStringField("first", Times.text(group.times().minMs()));
                json.writeStringField("last", Times.text(group.times().maxMs()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String text(ChunkReader reader, Loss loss) {
        String what =
                loss.rowGroup()
                        .map(
                                group ->
                                        "row group %d, %s of %s from %s to %s"
                                                .formatted(
                                                        reader.rowGroups().indexOf(group),
                                                        Count.of(group.size().samples(), "sample"),
                                                        Count.of(group.size().series(), "series"),
                                                        Times.text(group.times().minMs()),
                                                        Times.text(group.times().maxMs())))
                        .orElse("the metadata, or the number of series");
        return what + ", cannot be read: " + loss.damage().getMessage();
    }
}
