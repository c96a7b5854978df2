package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Source;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Outcome.Stored;
import io.tsvault.core.target.Standing;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.wire.v1.TimeSeries;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Targets that nobody here wrote.
@Tag("slow")
class RealTargetTest {
    private static final Setup NEWEST = Lab.prometheus("3.5");

    private static PrometheusTarget target(Server server) {
        return PrometheusTarget.open(() -> Filled.http(server.uri()));
    }

    private static Series one(String name, Instant at, double value) {
        return new Series(
                Labels.of("__name__", name),
                Samples.builder().add(at.toEpochMilli(), value).build());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void prometheusSaysWhatItTakesAndDoesAsItSays(String version) {
        try (Server server =
                        RealServer.startOrSkip(
                                Lab.prometheus(version)
                                        .without("--storage.tsdb.retention")
                                        .flag("--storage.tsdb.retention.time=20d"));
                PrometheusTarget target = target(server)) {
            Instant now = Instant.now();
            Standing empty = target.probe();
            assertThat(empty.headMs()).isEmpty();
            assertThat(empty.retention()).contains(Duration.ofDays(20));
            assertThat(empty.order())
                    .isEqualTo(new Standing.Order(false, Duration.ZERO, Duration.ofHours(1)));

            assertThat(target.write(List.of(one("a", now, 1)))).isEqualTo(new Stored());
            assertThat(target.probe().headMs()).hasValue(now.toEpochMilli());
            assertThat(target.write(List.of(one("a", now, 1)))).isEqualTo(new Stored());
            refused(target, one("a", now, 2), Reason.DUPLICATE);
            refused(target, one("a", now.minusSeconds(60), 2), Reason.OUT_OF_ORDER);
            refused(target, one("b", now.minus(Duration.ofHours(3)), 2), Reason.OUT_OF_BOUNDS);
        }
    }

    private static void refused(PrometheusTarget target, Series series, Reason reason) {
        assertThat(target.write(List.of(series)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "3.5"})
    void aWindowIsKnownAndTooOldIsRefused(String version) {
        try (Server server =
                        RealServer.startOrSkip(
                                Lab.prometheus(version).outOfOrder(Duration.ofHours(6)));
                PrometheusTarget target = target(server)) {
            Instant now = Instant.now();
            assertThat(target.probe().order().window()).isEqualTo(Duration.ofHours(6));
            assertThat(target.write(List.of(one("a", now, 1)))).isEqualTo(new Stored());
            assertThat(target.write(List.of(one("b", now.minus(Duration.ofHours(5)), 1))))
                    .isEqualTo(new Stored());
            refused(target, one("c", now.minus(Duration.ofHours(7)), 1), Reason.OUT_OF_BOUNDS);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void withoutAReceiverTheFlagIsNamed() {
        try (Server server =
                RealServer.startOrSkip(NEWEST.without("--web.enable-remote-write-receiver"))) {
            assertThatThrownBy(() -> target(server).close())
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("--web.enable-remote-write-receiver");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"2.42", "2.53", "3.5"})
    void anEmptyPrometheusGetsEverySample(String version) {
        roundTrip(Lab.prometheus(version));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T08_anEmptyVictoriaMetricsGetsEverySample() {
        roundTrip(Lab.victoriaMetrics("1.145"));
    }

    private static void roundTrip(Setup setup) {
        Backup backup = new Backup();
        try (Server server = RealServer.startOrSkip(setup)) {
            Restored restored = backup.restore(server.uri());

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
            assertThat(restored.outcome().written()).isEqualTo(Backup.samples());
            assertThat(backup.countIn(server.uri())).isEqualTo(Backup.samples());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aHalfFullTargetGetsTheOtherHalf() {
        Backup backup = new Backup();
        try (Server server = RealServer.startOrSkip(NEWEST)) {
            Writing.to(server.uri()).send(Backup.series(backup.slice(0)));

            Restored restored = backup.restore(server.uri());

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
            assertThat(restored.outcome().before()).isEqualTo(Backup.samples() / Backup.SLICES);
            assertThat(backup.countIn(server.uri())).isEqualTo(Backup.samples());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T04_aLiveTargetTakesHistoryOnlyThroughItsWindow() {
        Backup backup = new Backup();
        List<Series> live = List.of(one("live", Instant.now(), 1));
        try (Server closed = RealServer.startOrSkip(NEWEST);
                Server open = RealServer.startOrSkip(NEWEST.outOfOrder(Duration.ofDays(2)))) {
            Filled.with(closed.uri(), live);
            Filled.with(open.uri(), live);

            Restored refused = backup.restore(closed.uri(), "\"runId\": \"closed\"");
            assertThat(refused.state()).isEqualTo(State.REFUSED);
            assertThat(refused.notes().getFirst()).contains("out_of_order_time_window");
            assertThat(backup.countIn(closed.uri())).isZero();

            Restored done = backup.restore(open.uri(), "\"runId\": \"open\"");
            assertThat(done.state()).as("%s", done).isEqualTo(State.DONE);
            assertThat(done.outcome().written()).isEqualTo(Backup.samples());
            assertThat(backup.countIn(open.uri())).isEqualTo(Backup.samples());
            Restored again = backup.restore(open.uri(), "\"runId\": \"again\"");
            assertThat(again.outcome().before()).isEqualTo(Backup.samples());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void nativeHistogramsArrive() {
        Backup backup = new Backup();
        List<Series> histograms = histograms(backup.slice(0).startMs());
        backup.keep("histograms", backup.slice(0), histograms);
        try (Server server =
                RealServer.startOrSkip(NEWEST.flag("--enable-feature=native-histograms"))) {
            Restored restored = backup.restore(server.uri(), "\"stream\": \"histograms\"");

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.DONE);
            assertThat(restored.outcome().written())
                    .isEqualTo((long) histograms.size() * SomeHistograms.EACH);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void T11_T12_aPoisonSampleKeepsNothingElseOutInEitherVersion() {
        Setup older =
                NEWEST.without("--web.remote-write-receiver.accepted").without("--enable-feature");
        for (Setup setup : List.of(NEWEST, older)) {
            Backup backup = new Backup();
            try (Server server = RealServer.startOrSkip(setup)) {
                Series first = Backup.series(backup.slice(0)).getFirst();
                int late = 60; // half an hour: these are older than what is there
                Samples there =
                        Samples.builder().add(first.samples().timestampMs(late) - 1, -1).build();
                Filled.with(server.uri(), List.of(new Series(first.labels(), there)));

                Restored restored =
                        backup.restore(server.uri(), "\"accept\": {\"interleave\": true}");

                assertThat(restored.state()).as("%s", restored).isEqualTo(State.PARTIAL);
                assertThat(restored.outcome().missing()).isEqualTo(late);
                assertThat(restored.deadLettered()).isEqualTo(late);
                assertThat(backup.countIn(server.uri())).isEqualTo(Backup.samples() - late + 1);
            }
        }
    }

    /// As if somebody else restored the same at the same moment, who is not known here.
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void H15_whatCameToBeThereTwiceIsFound() {
        Backup backup = new Backup();
        AtomicInteger writes = new AtomicInteger();
        int first = 3; // behind two that only ask
        try (Server server = RealServer.startOrSkip(Lab.victoriaMetrics("1.145"));
                FaultProxy proxy =
                        FaultProxy.to(
                                server.uri(),
                                request -> {
                                    if (request.is("POST", "/api/v1/write")
                                            && writes.incrementAndGet() == first) {
                                        Writing.to(server.uri())
                                                .send(Backup.series(backup.slice(0)));
                                    }
                                    return new Fault.Pass();
                                })) {
            Restored restored = backup.restore(proxy.uri());

            assertThat(restored.state()).as("%s", restored).isEqualTo(State.PARTIAL);
            assertThat(restored.outcome().doubled()).isEqualTo(Backup.samples() / Backup.SLICES);
            assertThat(restored.notes()).anyMatch(note -> note.contains("in the target twice"));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void whatMetricsAreIsKeptWhereThereIsAPlaceForIt() {
        List<Metadata> metadata =
                List.of(
                        new Metadata("some", Metadata.Type.GAUGE, "how many", ""),
                        new Metadata("other_total", Metadata.Type.COUNTER, "\"odd\"\n", "seconds"));
        try (Server server =
                        RealServer.startOrSkip(
                                Lab.victoriaMetrics("1.145").flag("-enableMetadata"));
                PrometheusTarget target = target(server);
                Source source = target.readBack()) {
            assertThat(target.describe(metadata)).isEqualTo(new Stored());
            assertThat(source.metadata()).containsExactlyInAnyOrderElementsOf(metadata);
        }
        try (Server server = RealServer.startOrSkip(NEWEST);
                PrometheusTarget target = target(server)) {
            assertThat(target.describe(metadata)).isEqualTo(new Stored());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void fourJobsOnTwoTargetsGoOnBesideOneThatIsCancelled() throws Exception {
        Backup backup = new Backup();
        Setup late = NEWEST.outOfOrder(Duration.ofDays(2));
        try (Server one = RealServer.startOrSkip(late);
                Server other = RealServer.startOrSkip(late);
                ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Restored>> quick = new ArrayList<>();
            quick.add(jobs.submit(() -> backup.restore(one.uri(), on("one"), part(backup, 0, 0))));
            quick.add(jobs.submit(() -> backup.restore(one.uri(), on("one"), part(backup, 1, 1))));
            quick.add(
                    jobs.submit(
                            () -> backup.restore(other.uri(), on("other"), part(backup, 0, 0))));
            String[] slow = {
                on("other"), part(backup, 1, 2), "\"limits\": {\"samplesPerSecond\": 300}"
            };
            Future<Restored> cancelled = jobs.submit(() -> backup.restore(other.uri(), slow));
            String id = Backup.manifest(slow).jobId("local");
            while (!running(backup, id)) {
                Thread.onSpinWait();
            }
            assertThat(Job.find(backup.vault, id).orElseThrow().cancel("enough")).isTrue();

            assertThat(cancelled.get().state()).isEqualTo(State.CANCELLED);
            for (Future<Restored> job : quick) {
                assertThat(job.get().state()).as("%s", job.get()).isEqualTo(State.DONE);
                assertThat(job.get().outcome().written()).isEqualTo(Backup.samples() / 3);
            }
            Restored resumed = backup.restore(other.uri(), slow);
            assertThat(resumed.state()).as("%s", resumed).isEqualTo(State.DONE);
            assertThat(backup.countIn(one.uri())).isEqualTo(Backup.samples() / 3 * 2);
            assertThat(backup.countIn(other.uri())).isEqualTo(Backup.samples());
        }
    }

    private static String on(String target) {
        return "\"target\": \"%s\"".formatted(target);
    }

    private static String part(Backup backup, int first, int last) {
        return "\"from\": \"%s\", \"to\": \"%s\""
                .formatted(
                        Instant.ofEpochMilli(backup.slice(first).startMs()),
                        Instant.ofEpochMilli(backup.slice(last).endMs()));
    }

    private static boolean running(Backup backup, String id) {
        return Job.find(backup.vault, id).filter(job -> job.state() == State.RUNNING).isPresent();
    }

    private static List<Series> histograms(long startMs) {
        List<Series> all = new ArrayList<>();
        for (TimeSeries message : SomeHistograms.exponential(startMs).getTimeseriesList()) {
            Histograms.Builder histograms = Histograms.builder();
            message.getHistogramsList()
                    .forEach(one -> histograms.add(one.getTimestamp(), HistogramMessage.read(one)));
            String name = message.getLabels(0).getValue().toStringUtf8();
            all.add(new Series(Labels.of("__name__", name), Samples.NONE, histograms.build()));
        }
        all.sort((a, b) -> a.labels().compareTo(b.labels()));
        return all;
    }
}
