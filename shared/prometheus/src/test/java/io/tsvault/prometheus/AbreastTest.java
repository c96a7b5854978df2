package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Way;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Gate;
import io.tsvault.lab.proxy.Request;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;
import io.tsvault.prometheus.PrometheusSource.External;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Several queries at one time.
class AbreastTest {
    private static final Selector ALL = Selector.parse("{__name__=~\".+\"}");
    private static final long START = 1_772_323_200_000L;
    private static final TimeRange HOUR = new TimeRange(START, START + 3_600_000);

    private static List<String> metrics(int many) {
        return IntStream.range(0, many).mapToObj(i -> "metric_%02d".formatted(i)).toList();
    }

    @Test
    void soManyAreAtWorkAndNoMore() {
        CyclicBarrier barrier = new CyclicBarrier(3);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<String> done = new ConcurrentSkipListSet<>();

        new Abreast(3)
                .each(
                        metrics(12),
                        metric -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            meet(barrier);
                            now.decrementAndGet();
                            done.add(metric);
                        });

        assertThat(most).hasValue(3);
        assertThat(done).containsExactlyElementsOf(metrics(12));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            int _ = barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the others did not come", e);
        }
    }

    @Test
    void oneByOneTheyKeepTheirOrder() {
        List<String> seen = new ArrayList<>();
        Abreast.ONE.each(metrics(5), seen::add);
        assertThat(seen).isEqualTo(metrics(5));
    }

    @Test
    void afterAFailureNothingMoreIsBegun() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                new Abreast(2)
                                        .each(
                                                metrics(99),
                                                _ -> {
                                                    begun.incrementAndGet();
                                                    meet(barrier);
                                                    throw new Permanent("422");
                                                }))
                .isInstanceOf(Permanent.class)
                .hasMessage("422");
        assertThat(begun).hasValue(2);
    }

    @Test
    void noneAtATimeIsRefused() {
        assertThatThrownBy(() -> new Abreast(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take 1 or more");
    }

    /// While these three wait for their answers, no fourth is asked.
    @Test
    void threeQueriesAreOpenAtOnceAndTheSameComesOfIt() throws Exception {
        Gate gate = new Gate();
        AtomicInteger held = new AtomicInteger(Integer.MIN_VALUE);
        try (Twin twin = Twin.of(Generation.V3_5);
                FaultProxy proxy =
                        FaultProxy.to(
                                twin.uri(),
                                request ->
                                        isQuery(request) && held.incrementAndGet() > 0
                                                ? new Fault.Hold(Fault.Leg.RESPONSE, gate)
                                                : new Fault.Pass());
                PrometheusSource three = source(proxy.uri(), 3);
                PrometheusSource one = source(twin.uri(), 1);
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Filled.with(twin.uri(), metrics(12).stream().map(AbreastTest::series).toList());
            three.probe();
            held.set(0);

            Future<List<Series>> read = thread.submit(() -> read(three));
            for (int i = 0; i < 3; i++) {
                gate.awaitArrival();
            }

            assertThat(held).hasValue(3);
            gate.release();
            assertThat(read.get()).hasSize(12).isEqualTo(read(one));
            assertThat(three.count(ALL, HOUR)).hasSize(12).isEqualTo(one.count(ALL, HOUR));
        }
    }

    private static boolean isQuery(Request request) {
        return request.is("POST", "/api/v1/query");
    }

    private static PrometheusSource source(URI uri, int parallel) {
        return new PrometheusSource(Filled.http(uri), External.STRIP, parallel);
    }

    private static Series series(String metric) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < 100; i++) {
            samples.add(START + (30_000L * i), metric.hashCode() + i);
        }
        return new Series(Labels.of("__name__", metric, "job", "a"), samples.build());
    }

    private static List<Series> read(PrometheusSource source) {
        List<Series> all = new ArrayList<>();
        try (Reading reading = source.read(Mode.of(Way.RAW), ALL, HOUR)) {
            reading.forEachRemaining(all::add);
        }
        return all;
    }
}
