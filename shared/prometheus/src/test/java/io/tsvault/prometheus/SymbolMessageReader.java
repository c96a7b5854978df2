package io.tsvault.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.v2.Histogram;
import io.tsvault.wire.v2.Request;
import io.tsvault.wire.v2.TimeSeries;

import java.util.ArrayList;
import java.util.List;

/// Reads remote write 2.0 by the generated classes, as strictly as a receiver.
final class SymbolMessageReader {
    private SymbolMessageReader() {}

    static List<Series> read(byte[] message) {
        try {
            Request request = Request.parseFrom(message);
            if (request.getTimeseriesCount() > 0 && !request.getSymbols(0).isEmpty()) {
                throw new AssertionError("the first symbol is " + request.getSymbols(0));
            }
            if (request.getSymbolsList().stream().distinct().count() < request.getSymbolsCount()) {
                throw new AssertionError("a symbol comes twice");
            }
            List<Series> all = new ArrayList<>();
            for (TimeSeries one : request.getTimeseriesList()) {
                add(all, series(request, one));
            }
            return all;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// Samples and histograms of one series come in two parts.
    private static void add(List<Series> all, Series part) {
        boolean goesOn = !all.isEmpty() && all.getLast().labels().equals(part.labels());
        if (!goesOn) {
            all.add(part);
            return;
        }
        Series before = all.removeLast();
        if (before.histograms().size() > 0 || part.samples().size() > 0) {
            throw new AssertionError(part.labels() + " comes twice");
        }
        all.add(new Series(part.labels(), before.samples(), part.histograms()));
    }

    private static Series series(Request request, TimeSeries one) {
        if ((one.getSamplesCount() > 0) == (one.getHistogramsCount() > 0)) {
            throw new AssertionError("a part has to have samples or histograms");
        }
        List<byte[]> labels = new ArrayList<>();
        one.getLabelsRefsList().forEach(ref -> labels.add(bytes(request.getSymbols(ref))));
        Samples.Builder samples = Samples.builder();
        one.getSamplesList()
                .forEach(
                        sample ->
                                samples.addBits(
                                        sample.getTimestamp(),
                                        Double.doubleToRawLongBits(sample.getValue())));
        Histograms.Builder histograms = Histograms.builder();
        one.getHistogramsList()
                .forEach(h -> histograms.add(h.getTimestamp(), HistogramMessage.read(older(h))));
        return new Series(
                Labels.ofBytes(labels.toArray(byte[][]::new)), samples.build(), histograms.build());
    }

    /// Both versions have the same fields.
    private static io.tsvault.wire.v1.Histogram older(Histogram histogram) {
        try {
            return io.tsvault.wire.v1.Histogram.parseFrom(histogram.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(ByteString text) {
        return text.toByteArray();
    }
}
