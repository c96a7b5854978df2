package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

class RoundsTest {
    private final Site site = new Site().scrape("up", Duration.ZERO, minutes(120)).at(minutes(61));
    private final List<String> reads = new ArrayList<>();

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    /// Takes so long for each reading.
    private final class Slow extends Relay {
        private final String name;
        private final Duration time;

        Slow(String name, Duration time) {
            this.name = name;
            this.time = time;
        }

        @Override
        protected Source source() {
            return site.source;
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            reads.add(name);
            site.passByClock(time);
            return super.read(mode, selector, range);
        }
    }

    private Exporter exporter(String stream, Source source) {
        Map<String, String> settings =
                Map.of(
                        "source",
                        "a",
                        "slice",
                        "15m",
                        "settle",
                        "1m",
                        "count",
                        "off",
                        "start",
                        Site.START.toString());
        return new Exporter(
                site.vault.stream(stream),
                StreamConfig.from(settings),
                source,
                new Surroundings(site.clock(), site::passByClock, Progress.SILENT));
    }

    private List<Exported> play(Order order, long seed, Exporter... exporters) {
        return play(order, new Random(seed), exporters);
    }

    private List<Exported> play(Order order, Random random, Exporter... exporters) {
        return Rounds.play(List.of(exporters), order, random).stream()
                .map(Rounds.Ended.Done.class::cast)
                .map(Rounds.Ended.Done::exported)
                .toList();
    }

    private Order within(Duration time) {
        return new Order(TimeRange.ALL, site.clock().instant().plus(time));
    }

    @Test
    void streamsTakeTurns() {
        List<Exported> all =
                play(
                        Order.ALL,
                        1,
                        exporter("a", new Slow("a", Duration.ZERO)),
                        exporter("b", new Slow("b", Duration.ZERO)));

        assertThat(all).allMatch(exported -> exported.committed() == 4);
        assertThat(reads.subList(0, 4)).containsExactlyInAnyOrder("a", "a", "b", "b");
        assertThat(reads.get(0)).isNotEqualTo(reads.get(1));
    }

    @Test
    void allHaveOneDeadlineAndWhatIsLeftIsToldOfEach() {
        Instant end = site.clock().instant().plus(minutes(4));

        List<Exported> all =
                play(
                        new Order(TimeRange.ALL, end),
                        1,
                        exporter("a", new Slow("a", minutes(1))),
                        exporter("b", new Slow("b", minutes(1))));

        assertThat(site.clock().instant()).isBefore(end);
        assertThat(all).extracting(Exported::committed).containsExactlyInAnyOrder(1L, 2L);
        assertThat(all).allMatch(one -> one.committed() + one.left() == 4);
        assertThat(all)
                .allSatisfy(
                        exported ->
                                assertThat(exported.problem().orElseThrow().kind())
                                        .isEqualTo(Kind.TIME));
    }

    @Test
    void oneThatTakesAllTheTimeIsNotAlwaysTheFirst() {
        TreeSet<Long> kept = new TreeSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 16; i++) {
            site.pass(Duration.ZERO);
            kept.add(
                    play(
                                    within(minutes(10)),
                                    random,
                                    exporter("slow" + i, new Slow("s", minutes(11))),
                                    exporter("b" + i, new Slow("b", Duration.ZERO)))
                            .getLast()
                            .committed());
        }

        assertThat(kept).as("of the other stream, in 16 runs").contains(0L).hasSizeGreaterThan(1);
    }

    @Test
    void theFirstSliceIsBegunByWhatTheLastRunTook() {
        Exporter first = exporter("a", new Slow("a", minutes(3)));
        assertThat(play(within(minutes(4)), 1, first).getFirst().committed()).isOne();
        site.pass(minutes(1));
        Instant begun = site.clock().instant();
        Exporter busy = exporter("b", new Slow("b", minutes(5)));
        Exporter again = exporter("a", new Slow("a", minutes(3)));
        // three minutes are recorded as four and a bit; five of seven are gone when it is a's turn
        List<Exported> all = play(new Order(TimeRange.ALL, begun.plus(minutes(7))), 2, busy, again);

        assertThat(site.clock().instant()).isBefore(begun.plus(minutes(7)));
        assertThat(all.stream().mapToLong(Exported::committed).sum()).isOne();
    }

    @Test
    void whatTakesLongerThanAWholeRunIsTriedAllTheSame() {
        play(Order.ALL, 1, exporter("a", new Slow("a", minutes(30))));
        site.pass(minutes(60));
        site.scrape("late", minutes(120), minutes(300));

        Exported exported =
                play(within(minutes(10)), 1, exporter("a", new Slow("a", minutes(2)))).getFirst();

        assertThat(exported.committed()).isPositive();
    }

    @Test
    void oneThatBreaksOffDoesNotStopTheOthers() {
        Source broken =
                new Relay() {
                    @Override
                    protected Source source() {
                        throw new DamagedVault("streams/a/log/1", "it has rotted");
                    }
                };

        List<Rounds.Ended> ended =
                Rounds.play(
                        List.of(exporter("a", broken), exporter("b", site.source)),
                        Order.ALL,
                        new Random(1));

        assertThat(ended.getFirst()).isInstanceOf(Rounds.Ended.Broken.class);
        assertThat(ended.getLast())
                .isInstanceOfSatisfying(
                        Rounds.Ended.Done.class,
                        done -> assertThat(done.exported().committed()).isEqualTo(4));
    }
}
