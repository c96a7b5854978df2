package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.prometheus.http.Answer;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Http;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.LabelMatcher;
import io.tsvault.wire.v1.Query;
import io.tsvault.wire.v1.ReadRequest;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import java.util.List;
import java.util.Map;

/// Reads series from a server by the remote read protocol of Prometheus.
///
/// No hints are sent: a server that gets them looks at their range instead of the query's.
final class RemoteRead {
    /// Frames of 64 times what servers send, and a block that takes about a gigabyte as objects.
    static final Limits USUAL = new Limits(64 << 20, 64 << 20);

    private static final String PATH = "/api/v1/read";
    private static final String CHUNKS = "application/x-streamed-protobuf";
    private static final String SAMPLES = "application/x-protobuf";

    private static final Map<String, String> HEADERS =
            Map.of(
                    "Content-Type",
                    SAMPLES,
                    "Content-Encoding",
                    "snappy",
                    "Accept-Encoding",
                    "snappy",
                    "X-Prometheus-Remote-Read-Version",
                    "0.1.0");

    private final Http http;
    private final ExternalLabels external;
    private final Limits limits;

    /// How much may come at once.
    ///
    /// @param frameBytes of one frame of chunks
    /// @param blockBytes of a block of samples, unpacked
    record Limits(int frameBytes, int blockBytes) {
        private static final int MOST_BYTES = 512 << 20;

        Limits {
            if (Math.min(frameBytes, blockBytes) < 1
                    || Math.max(frameBytes, blockBytes) > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "limits of %d and %d bytes: give 1 to %d"
                                .formatted(frameBytes, blockBytes, MOST_BYTES));
            }
        }
    }

    RemoteRead(Http http, ExternalLabels external, Limits limits) {
        this.http = http;
        this.external = external;
        this.limits = limits;
    }

    /// All samples of these series in this range. Series come in label order unless external labels
    /// are kept.
    Reading read(Selector selector, TimeRange range) {
        return read(selector, range, ResponseType.STREAMED_XOR_CHUNKS, ResponseType.SAMPLES);
    }

    /// The same, in the first of these forms that the server has.
    Reading read(Selector selector, TimeRange range, ResponseType... forms) {
        return new RemoteReading(
                types -> ask(selector, range, types), List.of(forms), external.keepOrder());
    }

    /// An answer that has begun.
    ///
    /// @param tally what is seen in it
    record Begun(Answer answer, SeriesStream stream, Tally tally) {}

    private Begun ask(Selector selector, TimeRange range, List<ResponseType> types) {
        byte[] request = Snappy.compress(request(selector, range, types).toByteArray());
        Answer answer =
                http.send(
                        Call.post(PATH, request, HEADERS)
                                .accepting(CHUNKS, SAMPLES)
                                .atMost(Long.MAX_VALUE));
        try {
            Tally tally = new Tally();
            return new Begun(answer, stream(answer, range, tally), tally);
        } catch (RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private SeriesStream stream(Answer answer, TimeRange range, Tally tally) {
        String place = "remote read of " + http.url();
        SeriesBuilder series = new SeriesBuilder(range, tally, place);
        if (answer.header("Content-Type").orElse("").startsWith(CHUNKS)) {
            Frames frames = new Frames(answer.body(), limits.frameBytes, place);
            return new ChunkStream(frames, external, series);
        }
        if (!answer.header("Content-Encoding").orElse("").equals("snappy")) {
            throw new Permanent(place + ": an answer of samples that is not packed by snappy");
        }
        return SampleBlock.of(
                answer.bytesAtMost(limits.blockBytes), limits.blockBytes, external, series);
    }

    /// Both ends belong to a query.
    private static ReadRequest request(
            Selector selector, TimeRange range, List<ResponseType> types) {
        long lastMs = range.endMs() == Long.MAX_VALUE ? Long.MAX_VALUE : range.endMs() - 1;
        Query.Builder query =
                Query.newBuilder().setStartTimestampMs(range.startMs()).setEndTimestampMs(lastMs);
        selector.matchers().forEach(matcher -> query.addMatchers(matcher(matcher)));
        return ReadRequest.newBuilder()
                .addQueries(query)
                .addAllAcceptedResponseTypes(types)
                .build();
    }

    private static LabelMatcher matcher(Matcher matcher) {
        LabelMatcher.Type type =
                switch (matcher.op()) {
                    case EQUAL -> LabelMatcher.Type.EQ;
                    case NOT_EQUAL -> LabelMatcher.Type.NEQ;
                    case LIKE -> LabelMatcher.Type.RE;
                    case NOT_LIKE -> LabelMatcher.Type.NRE;
                };
        return LabelMatcher.newBuilder()
                .setType(type)
                .setName(matcher.name())
                .setValue(matcher.value())
                .build();
    }
}
