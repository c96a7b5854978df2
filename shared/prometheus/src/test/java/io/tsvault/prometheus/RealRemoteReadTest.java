package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histogram.ResetHint;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;
import io.tsvault.prometheus.ExternalLabels.Treatment;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// What real servers were fed, read back from them to the bit.
@Tag("slow")
class RealRemoteReadTest {
    private static final Instant END = Instant.parse("2026-06-01T00:00:00Z");
    private static final long T = END.minusSeconds(3_000).toEpochMilli();
    private static final Selector ALL = Selector.parse("{__name__=~\".+\"}");

    static Stream<String> everyPrometheus() {
        return Lab.everyPrometheus().stream().map(Setup::name);
    }

    private static List<Series> read(Server server, ExternalLabels external, TimeRange range) {
        List<Series> all = new ArrayList<>();
        try (Http http = http(server);
                Reading reading =
                        new RemoteRead(http, external, RemoteRead.USUAL).read(ALL, range)) {
            reading.forEachRemaining(all::add);
            assertThat(reading.observed().warnings()).isEmpty();
        }
        return all;
    }

    private static Http http(Server server) {
        return Http.to(ServerSettings.from(Map.of("url", server.uri().toString())));
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S22_aFleetIsReadBack(String name) throws Exception {
        Duration length = Duration.ofMinutes(90);
        Schedule schedule = new Schedule(END.minus(length), Duration.ofSeconds(15), length);
        Fleet fleet = new Fleet(Recipe.PUBLIC_2, 7, 10, schedule);
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            new RemoteWriteFeed(server.uri()).send(fleet);
            assertThat(read(server, ExternalLabels.NONE, TimeRange.ALL))
                    .isEqualTo(fleet.series().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S24_everyBitIsReadBack(String name) {
        List<Series> odd = odd(20260601);
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            Writing.to(server.uri()).send(odd);
            assertThat(read(server, ExternalLabels.NONE, TimeRange.ALL)).isEqualTo(odd);
        }
    }

    /// In label order; any bits, and each of them ends and begins again within the hour.
    private static List<Series> odd(long seed) {
        Random random = new Random(seed);
        List<Series> all = new ArrayList<>();
        all.add(new Series(Labels.of("__name__", "a", "of", "odd values"), Odd.samples(T)));
        for (int i = 0; i < 300; i++) {
            Samples.Builder samples = Samples.builder();
            long t = T + random.nextInt(1_000_000);
            for (int left = 1 + random.nextInt(400); left > 0; left--) {
                samples.addBits(
                        t, random.nextInt(20) == 0 ? Samples.STALE_MARKER : random.nextLong());
                t += 1 + random.nextInt(5_000);
            }
            Labels labels = Labels.of("__name__", "b", "i", "%03d".formatted(i), "s", "" + seed);
            all.add(new Series(labels, samples.build()));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S28_theStartBelongsToTheRangeAndTheEndDoesNot(String name) {
        Samples samples = Odd.samples(T);
        Labels labels = Labels.of("__name__", "a");
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            Writing.to(server.uri()).send(List.of(new Series(labels, samples)));
            TimeRange range = new TimeRange(T + 1_001, T + 4 * 1_001);
            assertThat(read(server, ExternalLabels.NONE, range))
                    .containsExactly(new Series(labels, samples.part(1, 4)));
        }
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S26_chunksThatOverlapAreMerged(String name) {
        Labels labels = Labels.of("__name__", "a");
        try (Server server =
                RealServer.startOrSkip(Lab.named(name).outOfOrder(Duration.ofHours(2)))) {
            Writing writing = Writing.to(server.uri());
            Samples.Builder all = Samples.builder();
            Samples.Builder even = Samples.builder();
            Samples.Builder odd = Samples.builder();
            for (int i = 0; i < 500; i++) {
                all.add(T + i * 1_000L, i);
                (i % 2 == 0 ? even : odd).add(T + i * 1_000L, i);
            }
            writing.send(List.of(new Series(labels, even.build())));
            writing.send(List.of(new Series(labels, odd.build())));
            assertThat(read(server, ExternalLabels.NONE, TimeRange.ALL))
                    .containsExactly(new Series(labels, all.build()));
        }
    }

    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S36_externalLabelsAreStrippedOrKept(String name) {
        Labels external = Labels.of("cluster", "g", "zone", "z");
        List<Series> held =
                List.of(
                        new Series(Labels.of("__name__", "a"), Odd.samples(T)),
                        new Series(Labels.of("__name__", "a", "zone", "y"), Odd.samples(T)));
        Setup setup = Lab.named(name).config("global: {external_labels: {cluster: g, zone: z}}\n");
        try (Server server = RealServer.startOrSkip(setup)) {
            Writing.to(server.uri()).send(held);
            ExternalLabels strip = new ExternalLabels(external, Treatment.STRIP);
            ExternalLabels keep = new ExternalLabels(external, Treatment.KEEP);

            assertThat(read(server, strip, TimeRange.ALL)).isEqualTo(held);
            assertThat(read(server, keep, TimeRange.ALL))
                    .extracting(Series::labels)
                    .containsExactlyInAnyOrder(
                            Labels.of("__name__", "a", "cluster", "g", "zone", "z"),
                            Labels.of("__name__", "a", "cluster", "g", "zone", "y"));
        }
    }

    /// Servers since 2.44 stream them.
    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S25_histogramsAreStreamedAsTheyAreSent(String name) {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            assumeThat(server.version()).doesNotStartWith("2.42");
            Writing.to(server.uri()).send(SomeHistograms.exponential(T));
            List<Series> streamed = read(server, ResponseType.STREAMED_XOR_CHUNKS);
            List<Series> sampled = read(server, ResponseType.SAMPLES);
            assertThat(streamed).hasSize(4).hasSameSizeAs(sampled);
            for (int i = 0; i < streamed.size(); i++) {
                assertThat(streamed.get(i).labels()).isEqualTo(sampled.get(i).labels());
                assertSame(streamed.get(i).histograms(), sampled.get(i).histograms());
            }
        }
    }

    /// In samples the server leaves out the bounds, without which nobody knows what was counted.
    @ParameterizedTest
    @MethodSource("everyPrometheus")
    void S25_customBoundsAreStreamedAndTheirLossIsSeen(String name) {
        try (Server server = RealServer.startOrSkip(Lab.named(name))) {
            assumeThat(server.version()).startsWith("3.");
            Writing.to(server.uri()).send(SomeHistograms.custom(T));

            Histograms streamed =
                    read(server, ResponseType.STREAMED_XOR_CHUNKS).getFirst().histograms();
            assertThat(streamed.size()).isEqualTo(SomeHistograms.EACH);
            assertThat(streamed.histogram(7).layout().customBounds())
                    .extracting(Double::longBitsToDouble)
                    .containsExactlyElementsOf(SomeHistograms.BOUNDS);
            assertThat(streamed.histogram(7)).hasToString(SomeHistograms.CUSTOM_7);
            assertThatThrownBy(() -> read(server, ResponseType.SAMPLES))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("custom buckets without their bounds");
        }
    }

    private static List<Series> read(Server server, ResponseType form) {
        List<Series> all = new ArrayList<>();
        try (Http http = http(server);
                Reading reading =
                        new RemoteRead(http, ExternalLabels.NONE, RemoteRead.USUAL)
                                .read(ALL, TimeRange.ALL, form)) {
            reading.forEachRemaining(all::add);
        }
        return all;
    }

    /// A server of 3.x that sends samples forgets the hint of those that begin a chunk.
    private static void assertSame(Histograms streamed, Histograms sampled) {
        assertThat(streamed.size()).isEqualTo(SomeHistograms.EACH).isEqualTo(sampled.size());
        for (int i = 0; i < streamed.size(); i++) {
            Histogram one = streamed.histogram(i);
            Histogram other = sampled.histogram(i);
            assertThat(streamed.timestampMs(i)).isEqualTo(sampled.timestampMs(i));
            if (one.resetHint() == ResetHint.YES && other.resetHint() == ResetHint.UNKNOWN) {
                assertThat(one.layout()).isEqualTo(other.layout());
                assertThat(one.totals()).isEqualTo(other.totals());
                assertThat(one).hasToString(other.toString());
            } else {
                assertThat(one).as("number %s", i).isEqualTo(other);
            }
        }
    }
}
