package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// Every sample: the name of a series, and below it a line for each of its samples in time order.
///
/// @param series where parts of a long one follow each other; as JSON each is an object of its own
record SampleListing(Stream<Series> series) implements Listing {
    @Override
    public void print(PrintWriter out) {
        Optional<Labels> before = Optional.empty();
        for (Iterator<Series> each = series.iterator(); each.hasNext(); ) {
            Series one = each.next();
            if (!before.equals(Optional.of(one.labels()))) {
                out.print(one.labels() + System.lineSeparator());
            }
            print(out, one);
            before = Optional.of(one.labels());
        }
    }

    private static void print(PrintWriter out, Series one) {
        Samples floats = one.samples();
        Histograms histograms = one.histograms();
        int h = 0;
        for (int i = 0; i < floats.size(); i++) {
            while (h < histograms.size() && histograms.timestampMs(h) < floats.timestampMs(i)) {
                print(out, histograms, h++);
            }
            line(out, floats.timestampMs(i), SampleValue.text(floats.valueBits(i)));
        }
        while (h < histograms.size()) {
            print(out, histograms, h++);
        }
    }

    private static void print(PrintWriter out, Histograms histograms, int i) {
        line(out, histograms.timestampMs(i), histograms.histogram(i).toString());
    }

    /// Not println, which sends every line on its own.
    private static void line(PrintWriter out, long timestampMs, String value) {
        out.print(Times.text(timestampMs) + " " + value + System.lineSeparator());
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("series");
        for (Iterator<Series> each = series.iterator(); each.hasNext(); ) {
            Series one = each.next();
            json.writeStartObject();
            SeriesListing.write(json, one.labels());
            write(json, one.samples());
            write(json, one.histograms());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Samples samples) throws IOException {
        json.writeArrayFieldStart("samples");
        for (int i = 0; i < samples.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("timeMs", samples.timestampMs(i));
            SampleValue.write(json, samples.valueBits(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Histograms histograms) throws IOException {
        json.writeArrayFieldStart("histograms");
        for (int i = 0; i < histograms.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("timeMs", histograms.timestampMs(i));
            json.writeStringField("value", histograms.histogram(i).toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
