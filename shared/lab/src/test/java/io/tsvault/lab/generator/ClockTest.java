package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.START;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class ClockTest {
    private static final Schedule FAST =
            new Schedule(START, Duration.ofSeconds(1), Duration.ofHours(3));
    private static final Schedule USUAL =
            new Schedule(START, Duration.ofSeconds(15), Duration.ofHours(45));
    private static final long END_OF_TIME = Long.MAX_VALUE;

    @Test
    void eachStepHoldsItsOwnScrapesAlone() {
        List<Scrape> joined = new ArrayList<>();
        Clock clock = Clock.ofExporter(FAST, new Dice(3));
        long beginMs = Long.MIN_VALUE;
        for (int minute = 1; minute <= 200; minute++) {
            long endMs = FAST.startMs() + minute * 60_000L;
            List<Scrape> step = clock.until(endMs);
            for (Scrape scrape : step) {
                assertThat(scrape.timestampMs()).isGreaterThanOrEqualTo(beginMs).isLessThan(endMs);
            }
            joined.addAll(step);
            beginMs = endMs;
        }
        assertThat(joined)
                .isEqualTo(Clock.ofExporter(FAST, new Dice(3)).until(END_OF_TIME))
                .hasSize(FAST.scrapes());
    }

    @Test
    void timestampsAscendAndKeepTheirBounds() {
        for (Schedule schedule : List.of(FAST, USUAL)) {
            for (long seed = 0; seed < 20; seed++) {
                keepsBounds(schedule, Clock.ofScrapes(schedule, new Dice(seed)), 0);
                long lagMs = Math.min(Clock.MAX_LAG_MS, schedule.intervalMs());
                keepsBounds(schedule, Clock.ofExporter(schedule, new Dice(seed)), lagMs);
            }
        }
    }

    @Test
    void theDiceAreLeftBehindWhatTheClockDraws() {
        Dice dice = new Dice(5);
        Clock clock = Clock.ofScrapes(USUAL, dice);
        long next = dice.copy().nextLong();
        clock.until(END_OF_TIME);
        assertThat(dice.nextLong()).isEqualTo(next);
        Dice others = new Dice(5);
        Clock.ofExporter(USUAL, others);
        assertThat(others.nextLong()).isNotEqualTo(next);
    }

    @Test
    void threeAndAHalfOfAHundredScrapesAreLate() {
        List<Scrape> scrapes = Clock.ofScrapes(USUAL, new Dice(1)).until(END_OF_TIME);
        long phaseMs =
                scrapes.stream()
                        .mapToLong(scrape -> scrape.timestampMs() % USUAL.intervalMs())
                        .min()
                        .orElseThrow();
        long late =
                scrapes.stream()
                        .filter(scrape -> scrape.timestampMs() % USUAL.intervalMs() > phaseMs)
                        .count();
        assertThat((double) late / scrapes.size()).as("seed 1").isBetween(0.03, 0.04);
    }

    private static void keepsBounds(Schedule schedule, Clock clock, long lagMs) {
        List<Scrape> scrapes = clock.until(END_OF_TIME);
        assertThat(scrapes).hasSize(schedule.scrapes());
        assertThat(scrapes.getFirst().timestampMs())
                .isGreaterThanOrEqualTo(schedule.startMs() - lagMs);
        assertThat(scrapes.getLast().timestampMs())
                .isLessThan(schedule.endMs() + Clock.MAX_LATE_MS);
        boolean ascend =
                IntStream.range(1, scrapes.size())
                        .allMatch(
                                i ->
                                        scrapes.get(i - 1).timestampMs()
                                                < scrapes.get(i).timestampMs());
        assertThat(ascend).isTrue();
        assertThat(scrapes).allMatch(scrape -> scrape.load() >= 0.02);
    }
}
