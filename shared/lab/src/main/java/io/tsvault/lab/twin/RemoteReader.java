package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.lab.twin.Point.HistogramPoint;
import io.tsvault.lab.twin.ProtoBlock.Unreadable;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.v1.Query;
import io.tsvault.wire.v1.QueryResult;
import io.tsvault.wire.v1.ReadRequest;
import io.tsvault.wire.v1.ReadRequest.ResponseType;
import io.tsvault.wire.v1.ReadResponse;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `POST /api/v1/read`, in both forms: samples in one message, or chunks in a stream of frames.
///
/// Both ends of a range belong to it.
final class RemoteReader {
    /// `--storage.remote.read-max-bytes-in-frame`; a frame may be one chunk larger.
    private static final int FRAME_BYTES = 1024 * 1024;

    private final Head head;
    private final Generation generation;
    private final ExternalLabels external;
    private final FloatChunk chunks;

    RemoteReader(Head head, TwinOptions options) {
        this.head = head;
        this.generation = options.generation();
        this.external = new ExternalLabels(options.externalLabels());
        this.chunks = new FloatChunk(generation);
    }

    Reply read(Request request) {
        try {
            ReadRequest read = ProtoBlock.read(request.body(), ReadRequest.parser());
            Optional<ResponseType> type = negotiate(read);
            if (type.isEmpty()) {
                return Reply.text(
                        400, "server does not support any of the requested response types");
            }
            return type.get() == ResponseType.SAMPLES
                    ? samplesOrError(read)
                    : streamedOrError(read);
        } catch (Unreadable e) {
            return e.reply();
        }
    }

    private static Optional<ResponseType> negotiate(ReadRequest read) {
        return read.getAcceptedResponseTypesCount() == 0
                ? Optional.of(ResponseType.SAMPLES)
                : read.getAcceptedResponseTypesList().stream()
                        .filter(type -> type != ResponseType.UNRECOGNIZED)
                        .findFirst();
    }

    /// The server has announced snappy by then, and does not take it back.
    private Reply samplesOrError(ReadRequest read) {
        try {
            return samples(read);
        } catch (IllegalArgumentException e) {
            return Reply.text(500, "twin: " + e.getMessage()).with("Content-Encoding", "snappy");
        }
    }

    private Reply streamedOrError(ReadRequest read) {
        try {
            return streamed(read);
        } catch (IllegalArgumentException e) {
            return Reply.text(500, "twin: " + e.getMessage());
        }
    }

    private Reply samples(ReadRequest read) {
        ReadResponse.Builder response = ReadResponse.newBuilder();
        for (Query query : read.getQueriesList()) {
            QueryResult.Builder result = response.addResultsBuilder();
            head.unsorted(
                            external.selector(query.getMatchersList()),
                            query.getStartTimestampMs(),
                            query.getEndTimestampMs())
                    .forEach(one -> result.addTimeseries(timeSeries(one)));
        }
        byte[] block = Snappy.compress(response.build().toByteArray());
        return Reply.of("application/x-protobuf", ByteString.copyFrom(block))
                .with("Content-Encoding", "snappy");
    }

    private TimeSeries timeSeries(Selected one) {
        TimeSeries.Builder series =
                TimeSeries.newBuilder().addAllLabels(external.addedTo(one.labels()));
        for (Point point : one.points()) {
            switch (point) {
                case FloatPoint n -> series.addSamples(sample(n));
                case HistogramPoint d -> {
                    if (!generation.isAtLeast(Generation.V2_53)) {
                        return series.build(); // 2.42 stops at the first histogram
                    }
                    series.addHistograms(d.histogram());
                }
            }
        }
        return series.build();
    }

    /// To the server's protobuf library a zero is a field left out, and so is -0.0: it loses its
    /// sign.
    private static Sample sample(FloatPoint number) {
        Sample.Builder sample = Sample.newBuilder().setTimestamp(number.timestampMs());
        if (number.value() != 0) {
            sample.setValue(Double.longBitsToDouble(number.bits()));
        }
        return sample.build();
    }

    private Reply streamed(ReadRequest read) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < read.getQueriesCount(); i++) {
            Query query = read.getQueries(i);
            for (Selected one :
                    head.sorted(
                            external.selector(query.getMatchersList()),
                            query.getStartTimestampMs(),
                            query.getEndTimestampMs())) {
                frames(i, one, stream);
            }
        }
        return Reply.of(
                "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse",
                ByteString.copyFrom(stream.toByteArray()));
    }

    private void frames(int query, Selected one, ByteArrayOutputStream stream) {
        List<FloatPoint> numbers = numbers(one);
        ChunkedSeries.Builder series = ChunkedSeries.newBuilder();
        int bytes = 0;
        for (int from = 0; from < numbers.size(); from += HeadChunk.AIM) {
            int to = Math.min(numbers.size(), from + HeadChunk.AIM);
            Chunk chunk = chunks.of(numbers.subList(from, to));
            series.addChunks(chunk);
            bytes += chunk.getSerializedSize();
            if (bytes >= FRAME_BYTES || to == numbers.size()) {
                series.addAllLabels(external.addedTo(one.labels()));
                Frame.write(
                        ChunkedReadResponse.newBuilder()
                                .addChunkedSeries(series)
                                .setQueryIndex(query)
                                .build()
                                .toByteArray(),
                        stream);
                series.clear();
                bytes = 0;
            }
        }
    }

    private static List<FloatPoint> numbers(Selected one) {
        List<FloatPoint> numbers = new ArrayList<>();
        for (Point point : one.points()) {
            switch (point) {
                case FloatPoint n -> numbers.add(n);
                case HistogramPoint _ ->
                        throw new IllegalArgumentException(
                                one.labels() + " holds histograms: ask for SAMPLES");
            }
        }
        return numbers;
    }
}
