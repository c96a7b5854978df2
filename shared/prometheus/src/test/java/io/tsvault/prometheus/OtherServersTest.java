package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.TooMuch;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.QueryResult;
import io.tsvault.wire.v1.ReadRequest;
import io.tsvault.wire.v1.ReadRequest.ResponseType;
import io.tsvault.wire.v1.ReadResponse;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Servers that only send samples, and those that send chunks of a kind that comes after us.
class OtherServersTest {
    private static final Labels A = Labels.of("__name__", "a");
    private static final Labels B = Labels.of("__name__", "b");
    private static final Labels C = Labels.of("__name__", "c");
    private static final Samples SAMPLES = Messages.samples(1, 10, 2, 20);
    private static final Chunk OF_XOR_2 = Messages.chunk(Chunk.Encoding.XOR2, 1, new byte[] {0, 2});

    private final List<ReadRequest> asked = new ArrayList<>();
    private final HttpServer server = create();
    private byte[] streamed = {};
    private byte[] block = {};
    private Observed observed = Observed.NOTHING;

    private static HttpServer create() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        asked.add(ReadRequest.parseFrom(Snappy.decompress(request, 1 << 20)));
        boolean isStreamed =
                streamed.length > 0
                        && asked.getLast()
                                .getAcceptedResponseTypesList()
                                .contains(ResponseType.STREAMED_XOR_CHUNKS);
        exchange.getResponseHeaders()
                .set(
                        "Content-Type",
                        isStreamed
                                ? "application/x-streamed-protobuf;"
                                        + " proto=prometheus.ChunkedReadResponse"
                                : "application/x-protobuf");
        if (!isStreamed) {
            exchange.getResponseHeaders().set("Content-Encoding", "snappy");
        }
        byte[] body = isStreamed ? streamed : block;
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] block(Labels... all) {
        QueryResult.Builder result = QueryResult.newBuilder();
        for (Labels labels : all) {
            TimeSeries.Builder series = result.addTimeseriesBuilder();
            series.addAllLabels(Messages.labels(labels));
            for (int i = 0; i < SAMPLES.size(); i++) {
                series.addSamples(
                        Sample.newBuilder()
                                .setTimestamp(SAMPLES.timestampMs(i))
                                .setValue(SAMPLES.value(i)));
            }
        }
        return Snappy.compress(ReadResponse.newBuilder().addResults(result).build().toByteArray());
    }

    private List<Series> read(TimeRange range) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        RemoteRead.Limits small = new RemoteRead.Limits(1 << 20, 10_000);
        List<Series> all = new ArrayList<>();
        try (Http http = Http.to(ServerSettings.from(Map.of("url", url)));
                Reading reading =
                        new RemoteRead(http, ExternalLabels.NONE, small)
                                .read(Selector.parse("{a=~\"b\",c!=\"d\"}"), range)) {
            reading.forEachRemaining(all::add);
            observed = reading.observed();
        }
        return all;
    }

    @Test
    void samplesAreSorted() {
        block = block(C, A, B);

        assertThat(read(new TimeRange(2, 3))).extracting(Series::labels).containsExactly(A, B, C);
        assertThat(observed.outside()).isEqualTo(3);
    }

    @Test
    void theRequestSaysWhatIsWanted() {
        block = block();
        assertThat(read(new TimeRange(2, 5))).isEmpty();

        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().getQueries(0).getStartTimestampMs()).isEqualTo(2);
        assertThat(asked.getFirst().getQueries(0).getEndTimestampMs()).isEqualTo(4);
        assertThat(asked.getFirst().getQueries(0).getMatchersList())
                .extracting(m -> m.getName() + m.getType() + m.getValue())
                .containsExactly("aREb", "cNEQd");
    }

    @Test
    void chunksThatAreNotKnownAreReadAsSamples() {
        streamed =
                Messages.stream(
                        Messages.series(A, Messages.chunk(SAMPLES)),
                        Messages.series(B, Messages.chunk(SAMPLES)),
                        Messages.series(C, OF_XOR_2));
        block = block(C, B, A);

        assertThat(read(TimeRange.ALL))
                .containsExactly(
                        new Series(A, SAMPLES), new Series(B, SAMPLES), new Series(C, SAMPLES));
        assertThat(asked)
                .extracting(ReadRequest::getAcceptedResponseTypesList)
                .containsExactly(
                        List.of(ResponseType.STREAMED_XOR_CHUNKS, ResponseType.SAMPLES),
                        List.of(ResponseType.SAMPLES));
    }

    @Test
    void S10_everyCutBlockIsSeen() {
        byte[] whole = block(A, B);
        for (int length = 0; length < whole.length; length++) {
            block = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(TimeRange.ALL))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(Transient.class);
        }
    }

    @Test
    void S13_aBlockThatAnnouncesTooMuchIsNotUnpacked() {
        block = Snappy.compress(new byte[10_001]);
        assertThatThrownBy(() -> read(TimeRange.ALL))
                .isInstanceOf(TooMuch.class)
                .hasMessageContaining("unpacks to 10001 bytes; at most 10000");
    }

    @Test
    void aSeriesTwiceInABlockIsForAPerson() {
        block = block(A, A);
        assertThatThrownBy(() -> read(TimeRange.ALL))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("a comes twice");
    }
}
