package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.TooMuch;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Script;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.lab.twin.TwinOptions;
import io.tsvault.prometheus.ExternalLabels.Treatment;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/// Against the twin, which speaks remote read as three generations of Prometheus do.
class RemoteReadTest {
    private static final long T = System.currentTimeMillis() / 60_000 * 60_000 - 3_600_000;
    private static final Selector ALL = Selector.parse("{__name__=~\".+\"}");
    private static final Labels A = Labels.of("__name__", "a", "job", "x");
    private static final Labels B = Labels.of("__name__", "b");

    private static Series series(Labels labels, int count) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < count; i++) {
            samples.add(T + i * 1_000L, i + 0.5);
        }
        return new Series(labels, samples.build());
    }

    private static final List<Series> HELD = List.of(series(A, 300), series(B, 10));

    private static List<Series> read(URI server, TimeRange range) {
        try (Http http = Http.to(ServerSettings.from(Map.of("url", server.toString())))) {
            return read(http, ExternalLabels.NONE, range);
        }
    }

    private static List<Series> read(Http http, ExternalLabels external, TimeRange range) {
        List<Series> all = new ArrayList<>();
        try (Reading reading = new RemoteRead(http, external, RemoteRead.USUAL).read(ALL, range)) {
            reading.forEachRemaining(all::add);
            assertThatThrownBy(reading::next).isInstanceOf(NoSuchElementException.class);
        }
        return all;
    }

    private static List<Series> read(Fault fault) {
        try (Twin twin = Twin.of(Generation.V3_5);
                FaultProxy proxy = FaultProxy.to(twin.uri(), Script.always(fault))) {
            Writing.to(twin.uri()).send(HELD);
            return read(proxy.uri(), TimeRange.ALL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsRead(Generation generation) {
        try (Twin twin = Twin.of(generation)) {
            Writing.to(twin.uri()).send(HELD);
            assertThat(read(twin.uri(), TimeRange.ALL)).isEqualTo(HELD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void S28_theStartBelongsToTheRangeAndTheEndDoesNot(Generation generation) {
        try (Twin twin = Twin.of(generation)) {
            Writing.to(twin.uri()).send(HELD);
            assertThat(read(twin.uri(), new TimeRange(T + 2_000, T + 5_000)))
                    .extracting(one -> one.samples().timestampMs(0), one -> one.samples().size())
                    .hasSize(2)
                    .allMatch(found -> found.toList().equals(List.of(T + 2_000, 3)));
        }
    }

    @Test
    void S24_everyBitIsKept() {
        Samples odd = Odd.samples(T);
        try (Twin twin = Twin.of(Generation.V3_5)) {
            Writing.to(twin.uri()).send(List.of(new Series(A, odd)));
            assertThat(read(twin.uri(), TimeRange.ALL)).containsExactly(new Series(A, odd));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET"})
    void S07_aCutStreamIsAnError(Ending ending) {
        assertThatThrownBy(() -> read(new Fault.Cut(Leg.RESPONSE, 60, ending)))
                .isInstanceOf(Transient.class);
    }

    @Test
    void S07_aStreamThatEndsTooSoonIsAnError() {
        assertThatThrownBy(() -> read(new Fault.Cut(Leg.RESPONSE, 60, Ending.WHOLE)))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("frame 1 at byte 0 is cut");
    }

    @Test
    void S10_aFlippedBitIsAnError() {
        assertThatThrownBy(() -> read(new Fault.Flip(Leg.RESPONSE, 60)))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("frame 1 at byte 0 has a wrong CRC-32C");
    }

    @Test
    void S11_anErrorWithinAStartedAnswerIsAnError() {
        assertThatThrownBy(() -> read(new Fault.Append("query timed out\n", Ending.WHOLE)))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("the server failed midway");
    }

    @Test
    void S20_tooManySamplesAreAskedForInPieces() {
        Reply refusal = Reply.status(400).text("text/plain", "exceeded sample limit (50000000)\n");
        assertThatThrownBy(() -> read(new Fault.Answer(refusal)))
                .isInstanceOf(TooMuch.class)
                .hasMessageContaining("/api/v1/read: 400 exceeded sample limit (50000000)");
    }

    @Test
    void S36_externalLabelsAreStrippedOrKept() {
        Labels external = Labels.of("cluster", "g");
        TwinOptions options = TwinOptions.of(Generation.V3_5).externalLabels(external);
        try (Twin twin = Twin.of(options);
                Http http = Http.to(ServerSettings.from(Map.of("url", twin.uri().toString())))) {
            Writing.to(twin.uri()).send(HELD);

            assertThat(read(http, new ExternalLabels(external, Treatment.STRIP), TimeRange.ALL))
                    .isEqualTo(HELD);
            assertThat(read(http, new ExternalLabels(external, Treatment.KEEP), TimeRange.ALL))
                    .extracting(Series::labels)
                    .containsExactly(
                            Labels.of("__name__", "a", "cluster", "g", "job", "x"),
                            Labels.of("__name__", "b", "cluster", "g"));
        }
    }

    @Test
    void aServerWithoutRemoteReadIsForAPerson() {
        assertThatThrownBy(() -> read(new Fault.Answer(Reply.status(404))))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("404");
    }
}
