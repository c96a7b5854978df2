package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.START;
import static io.tsvault.lab.generator.CheckValuesTest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

class FleetTest {
    private static final Fleet FLEET = fleet(Recipe.PUBLIC_2, 10, Duration.ofMinutes(20));

    @Test
    void theSameFleetGivesTheSameSeriesEachTime() {
        assertThat(Digest.of(FLEET.series())).isEqualTo(Digest.of(FLEET.series()));
    }

    @Test
    void anotherSeedGivesOtherValuesForTheSameLabels() {
        Fleet hosts = new Fleet(FLEET.recipe(), 42, 3, FLEET.schedule());
        Fleet other = new Fleet(FLEET.recipe(), 43, 3, FLEET.schedule());
        Digest mine = Digest.of(hosts.series());
        Digest theirs = Digest.of(other.series());
        assertThat(theirs.labels()).isEqualTo(mine.labels());
        assertThat(theirs.timestamps()).isNotEqualTo(mine.timestamps());
        assertThat(theirs.values()).isNotEqualTo(mine.values());
    }

    @Test
    void seriesComeInLabelOrderAndNoneTwiceEvenBeyondTwoHundredTargets() {
        Fleet large = fleet(Recipe.PUBLIC_2, 215, Duration.ofSeconds(15));
        Labels before = Labels.NONE;
        for (Series series : large.series().toList()) {
            assertThat(series.labels()).isGreaterThan(before);
            before = series.labels();
        }
    }

    @Test
    void aSeriesCanBeMadeAlone() {
        List<Series> all = FLEET.series().toList();
        for (int i = 0; i < all.size(); i += 97) {
            Series one = all.get(i);
            assertThat(FLEET.series(Selector.parse(one.labels().toString()))).containsExactly(one);
        }
    }

    @Test
    void seriesThatAreNotMeantAreLeftOut() {
        String perCollector = "node_scrape_collector_duration_seconds";
        assertThat(FLEET.series(Selector.parse(perCollector)))
                .containsExactlyElementsOf(
                        FLEET.series().filter(one -> metric(one).equals(perCollector)).toList())
                .hasSize(3 * 40);
    }

    @Test
    void windowsJoinedAreTheWholeSeries() {
        for (Duration width : List.of(Duration.ofSeconds(7), Duration.ofMinutes(6))) {
            Map<Labels, Samples.Builder> joined = new TreeMap<>();
            FLEET.windows(width)
                    .forEachOrdered(
                            window -> window.series().forEach(part -> append(part, joined)));
            List<Series> whole = new ArrayList<>();
            joined.forEach((labels, samples) -> whole.add(new Series(labels, samples.build())));
            assertThat(Digest.of(whole.stream())).isEqualTo(Digest.of(FLEET.series()));
        }
    }

    @Test
    void windowsLieOnAGridAndHoldTheirOwnSamplesInLabelOrder() {
        Duration width = Duration.ofMinutes(6);
        List<TimeRange> ranges = new ArrayList<>();
        FLEET.windows(width)
                .forEachOrdered(
                        window -> {
                            ranges.add(window.range());
                            List<Series> parts = window.series().toList();
                            assertThat(parts).isSortedAccordingTo(FleetTest::byLabels);
                            assertThat(parts).allMatch(part -> part.samples().size() > 0);
                            assertThat(parts).allMatch(part -> liesIn(window.range(), part));
                        });
        for (int i = 0; i < ranges.size(); i++) {
            TimeRange range = ranges.get(i);
            assertThat(range.length()).isEqualTo(width);
            long sinceStartMs = range.startMs() - START.toEpochMilli();
            assertThat(Math.floorMod(sinceStartMs, width.toMillis())).isZero();
            assertThat(i == 0 || ranges.get(i - 1).endMs() == range.startMs()).isTrue();
        }
        assertThat(ranges).hasSizeBetween(4, 6);
    }

    @Test
    void aWindowThatIsNotReadIsSkipped() {
        Iterator<Window> windows = FLEET.windows(Duration.ofMinutes(6)).iterator();
        windows.next();
        assertThat(windows.next().series().findFirst()).isPresent();
        Window third = windows.next();
        List<Series> expected =
                FLEET.series()
                        .map(one -> new Series(one.labels(), one.samples().within(third.range())))
                        .filter(one -> one.samples().size() > 0)
                        .toList();
        assertThat(Digest.of(third.series())).isEqualTo(Digest.of(expected.stream()));
    }

    @Test
    void aWindowThatHasPassedCannotBeRead() {
        Iterator<Window> windows = FLEET.windows(Duration.ofMinutes(6)).iterator();
        Stream<Series> passed = windows.next().series();
        windows.next();
        assertThatThrownBy(passed::toList)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before you ask for the next");
    }

    @Test
    void whatCannotBeAFleetIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> fleet(Recipe.PUBLIC_1, 0, Duration.ofHours(1)))
                .hasMessageContaining("0 targets");
        assertThatThrownBy(() -> fleet(Recipe.PUBLIC_1, 51_201, Duration.ofHours(1)))
                .hasMessageContaining("1 to 51200");
        assertThatThrownBy(() -> new Schedule(START, Duration.ofMillis(999), second))
                .hasMessageContaining("at least PT1S");
        assertThatThrownBy(() -> new Schedule(START, Duration.ofNanos(1_000_000_001), second))
                .hasMessageContaining("whole milliseconds");
        assertThatThrownBy(() -> new Schedule(START, second, Duration.ofMillis(999)))
                .hasMessageContaining("shorter than the interval");
        assertThatThrownBy(() -> new Schedule(START, second, Duration.ofDays(30_000)))
                .hasMessageContaining("2^31");
        assertThatThrownBy(() -> FLEET.windows(Duration.ofNanos(1)))
                .hasMessageContaining("windows of PT0.000000001S");
    }

    private static void append(Series part, Map<Labels, Samples.Builder> joined) {
        Samples.Builder samples =
                joined.computeIfAbsent(part.labels(), labels -> Samples.builder());
        for (int i = 0; i < part.samples().size(); i++) {
            samples.addBits(part.samples().timestampMs(i), part.samples().valueBits(i));
        }
    }

    private static boolean liesIn(TimeRange range, Series part) {
        return part.samples().within(range).size() == part.samples().size();
    }

    private static int byLabels(Series a, Series b) {
        return a.labels().compareTo(b.labels());
    }

    private static String metric(Series series) {
        return series.labels().get(Labels.METRIC_NAME).orElseThrow();
    }
}
