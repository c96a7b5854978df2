package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.wire.v1.BucketSpan;
import io.tsvault.wire.v1.Histogram;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;
import io.tsvault.wire.v2.Request;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Builds what a sender sends, right or wrong.
final class Writes {
    private Writes() {}

    /// Labels from `name, value, name, value...`, in that order, whatever they are.
    static TimeSeries.Builder series(String... labels) {
        TimeSeries.Builder series = TimeSeries.newBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            series.addLabels(
                    Label.newBuilder()
                            .setName(ByteString.copyFromUtf8(labels[i]))
                            .setValue(ByteString.copyFromUtf8(labels[i + 1])));
        }
        return series;
    }

    static Sample sample(long ms, double value) {
        return Sample.newBuilder().setTimestamp(ms).setValue(value).build();
    }

    static Sample bits(long ms, long bits) {
        return sample(ms, Double.longBitsToDouble(bits));
    }

    static Histogram histogram(long ms, int count) {
        return Histogram.newBuilder()
                .setCountInt(count + 2)
                .setSum(18.4)
                .setSchema(1)
                .setZeroThreshold(0.001)
                .setZeroCountInt(2)
                .addPositiveSpans(BucketSpan.newBuilder().setOffset(0).setLength(1))
                .addPositiveDeltas(count)
                .setTimestamp(ms)
                .build();
    }

    static byte[] request(TimeSeries.Builder... series) {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        Arrays.stream(series).forEach(request::addTimeseries);
        return request.build().toByteArray();
    }

    /// A request of 2.0 with the symbols `"", "__name__", names...`; series refer to them.
    static Request.Builder request2(String... names) {
        Request.Builder request = Request.newBuilder();
        request.addSymbols(ByteString.EMPTY).addSymbols(ByteString.copyFromUtf8("__name__"));
        Arrays.stream(names).map(ByteString::copyFromUtf8).forEach(request::addSymbols);
        return request;
    }

    static io.tsvault.wire.v2.TimeSeries.Builder series2(int... references) {
        io.tsvault.wire.v2.TimeSeries.Builder series = io.tsvault.wire.v2.TimeSeries.newBuilder();
        IntStream.of(references).forEach(series::addLabelsRefs);
        return series;
    }

    static io.tsvault.wire.v2.Sample sample2(long ms, double value) {
        return io.tsvault.wire.v2.Sample.newBuilder().setTimestamp(ms).setValue(value).build();
    }
}
