package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.stream.Stream;

/// One line for each series.
record SeriesListing(Stream<Series> series) implements Listing {
    @Override
    public void print(PrintWriter out) {
        series.forEach(one -> print(out, one));
    }

    private static void print(PrintWriter out, Series one) {
        int histograms = one.histograms().size();
        out.print(
                "%9d %s %s %s%s%n"
                        .formatted(
                                one.samples().size() + histograms,
                                Times.text(firstMs(one)),
                                Times.text(lastMs(one)),
                                one.labels(),
                                histograms == 0 ? "" : " (" + histograms + " histograms)"));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("series");
        for (Iterator<Series> each = series.iterator(); each.hasNext(); ) {
            Series one = each.next();
            json.writeStartObject();
            write(json, one.labels());
            json.writeNumberField("samples", one.samples().size() + one.histograms().size());
            json.writeNumberField("histograms", one.histograms().size());
            json.writeStringField("first", Times.text(firstMs(one)));
            json.writeStringField("last", Times.text(lastMs(one)));
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

    private static long firstMs(Series one) {
        long floats = one.samples().size() == 0 ? Long.MAX_VALUE : one.samples().timestampMs(0);
        return one.histograms().size() == 0
                ? floats
                : Math.min(floats, one.histograms().timestampMs(0));
    }

    private static long lastMs(Series one) {
        int last = one.samples().size() - 1;
        int lastHistogram = one.histograms().size() - 1;
        long floats = last < 0 ? Long.MIN_VALUE : one.samples().timestampMs(last);
        return lastHistogram < 0
                ? floats
                : Math.max(floats, one.histograms().timestampMs(lastHistogram));
    }
}
