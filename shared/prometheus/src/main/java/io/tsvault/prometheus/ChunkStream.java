package io.tsvault.prometheus;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.TooMuch;
import io.tsvault.wire.histogram.HistogramDecoder;
import io.tsvault.wire.histogram.MalformedHistogramChunk;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.xor.MalformedChunk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Series of a streamed answer: frames with some chunks of one series each. A series may go on in
/// the next frame, so that it is known as whole when another one begins, or the stream ends.
final class ChunkStream implements SeriesStream {
    private final Frames frames;
    private final ExternalLabels external;
    private final SeriesBuilder series;
    private final Deque<Series> ready = new ArrayDeque<>();
    private boolean begun;
    private boolean withinSeries;
    private boolean ended;

    ChunkStream(Frames frames, ExternalLabels external, SeriesBuilder series) {
        this.frames = frames;
        this.external = external;
        this.series = series;
    }

    @Override
    public Optional<Series> next() {
        while (ready.isEmpty() && !ended) {
            if (frames.next()) {
                readFrame();
            } else {
                ended = true;
                series.rest().ifPresent(ready::add);
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    /// Has a part of a series been given whose end has not come?
    boolean isWithinSeries() {
        return withinSeries;
    }

    private void readFrame() {
        try {
            CodedInputStream body = CodedInputStream.newInstance(frames.body(), 0, frames.length());
            ChunkedReadResponse message = ChunkedReadResponse.parseFrom(body);
            if (message.getQueryIndex() != 0) {
                throw new InvalidProtocolBufferException("it answers a query that was not asked");
            }
            message.getChunkedSeriesList().forEach(this::readSeries);
        } catch (IOException | MalformedChunk | MalformedHistogramChunk e) {
            throw frames.broken("is garbled (" + e.getMessage() + ")");
        } catch (IllegalArgumentException e) {
            throw series.noSeries(e);
        }
    }

    private void readSeries(ChunkedSeries message) {
        Labels labels = external.of(message.getLabelsList());
        if (!begun || !labels.equals(series.labels())) {
            turnTo(labels);
        }
        message.getChunksList().forEach(this::readChunk);
    }

    private void turnTo(Labels next) {
        if (begun && external.keepOrder() && next.compareTo(series.labels()) < 0) {
            throw new Permanent(
                    "%s: %s comes behind %s: series must come in label order"
                            .formatted(series.place(), next, series.labels()));
        }
        series.rest().ifPresent(ready::add);
        series.begin(next);
        begun = true;
        withinSeries = false;
    }

    private void readChunk(Chunk chunk) {
        if (series.isLong()) {
            giveBefore(chunk.getMinTimeMs());
        }
        byte[] bytes = chunk.getData().toByteArray();
        switch (chunk.getType()) {
            case XOR -> series.floats().addChunk(bytes, 0, bytes.length);
            case HISTOGRAM -> add(HistogramDecoder.ofIntegers(bytes, 0, bytes.length));
            case FLOAT_HISTOGRAM -> add(HistogramDecoder.ofFloats(bytes, 0, bytes.length));
            case UNKNOWN, XOR2, HISTOGRAM_ST, FLOAT_HISTOGRAM_ST, UNRECOGNIZED ->
                    throw new UnknownEncoding(chunk.getTypeValue());
        }
    }

    private void giveBefore(long firstMs) {
        Optional<Series> before = series.before(firstMs);
        withinSeries |= before.isPresent();
        before.ifPresent(ready::add);
        if (series.isLong()) {
            throw new TooMuch(
                    "%s: the chunks of %s overlap so much: ask for less"
                            .formatted(series.place(), series.labels()));
        }
    }

    private void add(HistogramDecoder chunk) {
        while (chunk.hasNext()) {
            series.histograms().add(chunk.next());
        }
    }
}
