package io.tsvault.prometheus;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Series;
import io.tsvault.wire.v1.MetricMetadata;
import io.tsvault.wire.v1.MetricMetadata.MetricType;
import io.tsvault.wire.v1.WriteRequest;

import java.util.List;

/// The message of remote write 1.0.
///
/// ```text
/// WriteRequest = { 1 TimeSeries }     TimeSeries = { 1 Label } { 2 Sample } { 4 Histogram }
/// Label = 1 name 2 value              Sample = 1 double 2 ms
/// ```
final class WriteMessage {
    private static final int SERIES = 1;
    private static final int LABEL = 1;
    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int HISTOGRAM = 4;

    private final MessageBytes message = new MessageBytes(1 << 16);
    private final MessageBytes label = new MessageBytes(1 << 8);

    private WriteMessage() {}

    static byte[] of(List<Series> batch) {
        WriteMessage message = new WriteMessage();
        batch.forEach(message::add);
        return message.message.toBytes();
    }

    /// No series, but what metrics are: by the generated classes, as there are few.
    static byte[] describing(List<Metadata> metadata) {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        for (Metadata one : metadata) {
            request.addMetadata(
                    MetricMetadata.newBuilder()
                            .setMetricFamilyName(one.family())
                            .setType(type(one.type()))
                            .setHelp(one.help())
                            .setUnit(one.unit()));
        }
        return request.build().toByteArray();
    }

    private static MetricType type(Metadata.Type type) {
        return switch (type) {
            case UNKNOWN -> MetricType.UNKNOWN;
            case COUNTER -> MetricType.COUNTER;
            case GAUGE -> MetricType.GAUGE;
            case HISTOGRAM -> MetricType.HISTOGRAM;
            case GAUGE_HISTOGRAM -> MetricType.GAUGEHISTOGRAM;
            case SUMMARY -> MetricType.SUMMARY;
            case INFO -> MetricType.INFO;
            case STATESET -> MetricType.STATESET;
        };
    }

    private void add(Series series) {
        int begun = message.begin(SERIES);
        labels(series.labels());
        message.samples(series.samples());
        Histograms histograms = series.histograms();
        for (int i = 0; i < histograms.size(); i++) {
            message.block(
                    HISTOGRAM,
                    HistogramMessage.of(histograms.timestampMs(i), histograms.histogram(i))
                            .toByteArray());
        }
        message.end(begun);
    }

    private void labels(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            label.clear();
            label.block(NAME, labels.nameBytes(i));
            label.block(VALUE, labels.valueBytes(i));
            message.block(LABEL, label);
        }
    }
}
