package io.tsvault.prometheus;

import com.google.protobuf.CodedInputStream;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.TooMuch;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.ReadResponse;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Series of an answer that is one message, in no order. All of it is in memory, so the size that
/// it announces is held against a limit before it is unpacked.
final class SampleBlock implements SeriesStream {
    private final Iterator<Named> all;
    private final SeriesBuilder series;

    private record Named(Labels labels, TimeSeries message) {}

    private SampleBlock(List<Named> all, SeriesBuilder series) {
        this.all = all.iterator();
        this.series = series;
    }

    /// @param packed a snappy block
    /// @param mostBytes that the message may have, unpacked
    static SampleBlock of(
            byte[] packed, int mostBytes, ExternalLabels external, SeriesBuilder series) {
        requireSmall(packed, mostBytes, series.place());
        try {
            ReadResponse response = ReadResponse.parseFrom(Snappy.decompress(packed, mostBytes));
            if (response.getResultsCount() != 1) {
                throw new IOException(response.getResultsCount() + " results for one query");
            }
            return new SampleBlock(
                    sorted(response.getResults(0).getTimeseriesList(), external, series), series);
        } catch (IOException e) {
            throw new Transient(series.place() + ": the answer is damaged: " + e.getMessage(), e);
        }
    }

    private static void requireSmall(byte[] packed, int mostBytes, String place) {
        try {
            int announced = CodedInputStream.newInstance(packed).readRawVarint32();
            if (announced < 0 || announced > mostBytes) {
                throw new TooMuch(
                        "%s: the answer unpacks to %s bytes; at most %d are taken"
                                .formatted(place, Integer.toUnsignedString(announced), mostBytes));
            }
        } catch (IOException e) {
            throw new Transient(place + ": the answer is no snappy block", e);
        }
    }

    private static List<Named> sorted(
            List<TimeSeries> messages, ExternalLabels external, SeriesBuilder series) {
        List<Named> sorted = new ArrayList<>(messages.size());
        for (TimeSeries message : messages) {
            sorted.add(new Named(labels(message, external, series), message));
        }
        sorted.sort(Comparator.comparing(Named::labels));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).labels.equals(sorted.get(i - 1).labels)) {
                throw new Permanent(
                        series.place()
                                + ": "
                                + sorted.get(i).labels
                                + " comes twice in one answer");
            }
        }
        return sorted;
    }

    private static Labels labels(
            TimeSeries message, ExternalLabels external, SeriesBuilder series) {
        try {
            return external.of(message.getLabelsList());
        } catch (IllegalArgumentException e) {
            throw series.noSeries(e);
        }
    }

    @Override
    public Optional<Series> next() {
        while (all.hasNext()) {
            Optional<Series> next = build(all.next());
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    private Optional<Series> build(Named one) {
        series.begin(one.labels);
        for (Sample sample : one.message.getSamplesList()) {
            series.floats()
                    .add(sample.getTimestamp(), Double.doubleToRawLongBits(sample.getValue()));
        }
        try {
            one.message.getHistogramsList().forEach(series.histograms()::add);
        } catch (IllegalArgumentException e) {
            throw series.noSeries(e);
        }
        return series.rest();
    }
}
