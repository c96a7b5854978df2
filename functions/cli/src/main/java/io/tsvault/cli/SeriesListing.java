package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/// One line for each series.
///
/// @param series where parts of a long one follow each other
record SeriesListing(Stream<Series> series) implements Listing {
    /// What is said of a series.
    private record Line(Labels labels, long samples, long histograms, long firstMs, long lastMs) {
        static Line of(Series part) {
            int floats = part.samples().size();
            int histograms = part.histograms().size();
            return new Line(
                    part.labels(),
                    (long) floats + histograms,
                    histograms,
                    Math.min(
                            floats == 0 ? Long.MAX_VALUE : part.samples().timestampMs(0),
                            histograms == 0 ? Long.MAX_VALUE : part.histograms().timestampMs(0)),
                    Math.max(
                            floats == 0 ? Long.MIN_VALUE : part.samples().timestampMs(floats - 1),
                            histograms == 0
                                    ? Long.MIN_VALUE
                                    : part.histograms().timestampMs(histograms - 1)));
        }

        /// With the part that follows.
        Line and(Line more) {
            return new Line(
                    labels,
                    samples + more.samples,
                    histograms + more.histograms,
                    firstMs,
                    more.lastMs);
        }
    }

    /// One for each series, of all its parts.
    private static final class Lines implements Iterator<Line> {
        private final Iterator<Series> parts;
        private @Nullable Line next;

        Lines(Iterator<Series> parts) {
            this.parts = parts;
            next = following();
        }

        private @Nullable Line following() {
            return parts.hasNext() ? Line.of(parts.next()) : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Line next() {
            Line line = next;
            if (line == null) {
                throw new NoSuchElementException("no more series");
            }
            next = following();
            while (next != null && next.labels.equals(line.labels)) {
                line = line.and(next);
                next = following();
            }
            return line;
        }
    }

    @Override
    public void print(PrintWriter out) {
        new Lines(series.iterator()).forEachRemaining(line -> print(out, line));
    }

    private static void print(PrintWriter out, Line line) {
        out.print(
                "%9d %s %s %s%s%n"
                        .formatted(
                                line.samples,
                                Times.text(line.firstMs),
                                Times.text(line.lastMs),
                                line.labels,
                                line.histograms == 0
                                        ? ""
                                        : " (" + line.histograms + " histograms)"));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("series");
        for (Lines lines = new Lines(series.iterator()); lines.hasNext(); ) {
            Line line = lines.next();
            json.writeStartObject();
            write(json, line.labels);
            json.writeNumberField("samples", line.samples);
            json.writeNumberField("histograms", line.histograms);
            json.writeStringField("first", Times.text(line.firstMs));
            json.writeStringField("last", Times.text(line.lastMs));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(JsonGenerator json, Labels labels) throws IOException {
        json.writeObjectFieldStart("labels");
        for (int i = 0; i < labels.size(); i++) {
            json.writeStringField(labels.name(i), labels.value(i));
        }
        json.writeEndObject();
    }
}
