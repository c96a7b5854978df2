package io.tsvault.lab.generator;

import com.google.protobuf.UnsafeByteOperations;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

/// Fills one remote write request after the other.
final class WriteBatch {
    /// A request of this size is some 50 kB on the wire, far below every server's limit.
    static final int MAX_SAMPLES = 10_000;

    /// Consecutive samples of one series under one copy of its labels. More save no more.
    static final int MAX_SAMPLES_PER_SERIES = 240;

    private WriteRequest.Builder request = WriteRequest.newBuilder();
    private int samples;

    boolean hasRoomFor(int more) {
        return samples + more <= MAX_SAMPLES;
    }

    int samples() {
        return samples;
    }

    /// Adds the samples from number `from` until just before `to`.
    void add(Labels labels, Samples values, int from, int to) {
        TimeSeries.Builder series = request.addTimeseriesBuilder();
        for (int i = 0; i < labels.size(); i++) {
            series.addLabels(
                    Label.newBuilder()
                            .setName(UnsafeByteOperations.unsafeWrap(labels.nameBytes(i)))
                            .setValue(UnsafeByteOperations.unsafeWrap(labels.valueBytes(i))));
        }
        for (int i = from; i < to; i++) {
            series.addSamples(
                    Sample.newBuilder()
                            .setTimestamp(values.timestampMs(i))
                            .setValue(values.value(i)));
        }
        samples += to - from;
    }

    /// The request as it is; the next one begins.
    WriteRequest take() {
        WriteRequest full = request.build();
        request = WriteRequest.newBuilder();
        samples = 0;
        return full;
    }
}
