package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the recipes promise beyond their bits.
class RecipeTest {
    private static final String DRIFTING = "namedprocess_namegroup_cpu_seconds_total";

    @Test
    void aRecipeIsCalledAsInReports() {
        assertThat(Recipe.values())
                .extracting(Recipe::toString)
                .containsExactly("public-1", "public-2");
    }

    @Test
    void public2HoldsPublic1BitForBit() {
        Duration length = Duration.ofMinutes(10);
        Digest common =
                Digest.of(
                        fleet(Recipe.PUBLIC_2, 40, length)
                                .series()
                                .filter(one -> !label(one, "job").equals("process")));
        assertThat(common).isEqualTo(Digest.of(fleet(Recipe.PUBLIC_1, 40, length).series()));
    }

    @Test
    void upToOnePercentOfPublic2AreDriftingSeconds() {
        for (int targets : new int[] {10, 40}) {
            Fleet fleet = fleet(Recipe.PUBLIC_2, targets, Duration.ofSeconds(15));
            double drifting = fleet.series(Selector.parse(DRIFTING)).count();
            assertThat(drifting / fleet.series().count()).isBetween(0.005, 0.01);
        }
    }

    @Test
    void driftingSecondsAreUlpsAwayFromHundredths() {
        Fleet fleet = fleet(Recipe.PUBLIC_2, 3, Duration.ofHours(24));
        List<Series> drifting = fleet.series(Selector.parse(DRIFTING)).toList();
        assertThat(drifting).hasSize(30);
        for (Series one : drifting) {
            assertThat(share(one, x -> ulpsFromHundredth(x) < 1000))
                    .as(one.labels()::toString)
                    .isEqualTo(1);
        }
        assertThat(drifting)
                .filteredOn(one -> share(one, x -> ulpsFromHundredth(x) > 0) > 0.5)
                .hasSizeGreaterThan(20);
    }

    @Test
    void aMissedScrapeIsOneStaleMarkerAndThenTheSeriesGoesOn() {
        Fleet fleet = fleet(Recipe.PUBLIC_1, 40, Duration.ofHours(24));
        long markers = 0;
        long samples = 0;
        for (Series one : fleet.series(Selector.parse("up{job!='app'}")).toList()) {
            assertThat(share(one, x -> x == 1)).isEqualTo(1);
            List<Integer> marked = markers(one.samples());
            assertThat(marked).noneMatch(i -> marked.contains(i + 1));
            markers += marked.size();
            samples += one.samples().size();
        }
        assertThat((double) markers / samples).isBetween(0.0003, 0.0007);
    }

    @Test
    void aReplacedPodEndsStaleAndSoonAfterAnotherOneBegins() {
        Fleet fleet = fleet(Recipe.PUBLIC_1, 40, Duration.ofHours(2));
        Map<String, List<Series>> pods =
                fleet.series(Selector.parse("up{job='app'}"))
                        .collect(Collectors.groupingBy(one -> label(one, "instance")));
        List<List<Series>> replaced =
                pods.values().stream().filter(generations -> generations.size() == 2).toList();
        assertThat(pods).hasSize(20);
        assertThat(replaced).isNotEmpty();
        for (List<Series> generations : replaced) {
            List<Samples> inTime =
                    generations.stream()
                            .map(Series::samples)
                            .sorted((a, b) -> Long.compare(a.timestampMs(0), b.timestampMs(0)))
                            .toList();
            Samples old = inTime.getFirst();
            assertThat(isMarker(old, old.size() - 1)).isTrue();
            long pauseMs = inTime.getLast().timestampMs(0) - old.timestampMs(old.size() - 1);
            assertThat(pauseMs).isBetween(15_000L, 46_000L);
        }
    }

    @Test
    void theSeriesOfAHistogramAgreeThoughEachIsMadeAlone() {
        Fleet fleet = fleet(Recipe.PUBLIC_1, 4, Duration.ofMinutes(30));
        String orders = "{handler='/api/v1/orders'}";
        Map<Double, Samples> buckets = new TreeMap<>();
        fleet.series(Selector.parse("http_request_duration_seconds_bucket" + orders))
                .forEach(one -> buckets.put(le(one), one.samples()));
        assertThat(buckets).hasSize(12);
        Samples count =
                fleet.series(Selector.parse("http_request_duration_seconds_count" + orders))
                        .findFirst()
                        .orElseThrow()
                        .samples();
        assertThat(buckets.get(Double.POSITIVE_INFINITY)).isEqualTo(count);
        for (int i = 0; i < count.size(); i++) {
            int at = i;
            assertThat(buckets.values().stream().map(bucket -> bucket.value(at))).isSorted();
        }
    }

    @Test
    void containersHaveTimestampsOfTheirOwnAndScrapedSeriesShareTheirs() {
        Fleet fleet = fleet(Recipe.PUBLIC_2, 10, Duration.ofMinutes(10));
        assertThat(vectors(fleet, "{job='cadvisor'}")).isEqualTo(12);
        assertThat(vectors(fleet, "{job='node'}")).isEqualTo(3);
        assertThat(vectors(fleet, "{job='app'}")).isEqualTo(5);
    }

    private static long vectors(Fleet fleet, String selector) {
        return fleet.series(Selector.parse(selector))
                .map(one -> timestamps(one.samples()))
                .distinct()
                .count();
    }

    private static List<Long> timestamps(Samples samples) {
        return IntStream.range(0, samples.size()).mapToObj(samples::timestampMs).toList();
    }

    private static List<Integer> markers(Samples samples) {
        return IntStream.range(0, samples.size())
                .filter(i -> isMarker(samples, i))
                .boxed()
                .toList();
    }

    private static boolean isMarker(Samples samples, int i) {
        return samples.valueBits(i) == Samples.STALE_MARKER;
    }

    /// NaN, a stale marker, counts as met.
    private static double share(Series series, DoublePredicate condition) {
        Samples samples = series.samples();
        long met =
                IntStream.range(0, samples.size())
                        .mapToDouble(samples::value)
                        .filter(x -> Double.isNaN(x) || condition.test(x))
                        .count();
        return (double) met / samples.size();
    }

    private static double ulpsFromHundredth(double value) {
        double hundredth = Math.rint(value * 100) / 100;
        return Math.abs(value - hundredth) / Math.ulp(value);
    }

    private static double le(Series bucket) {
        String le = label(bucket, "le");
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }

    private static String label(Series series, String name) {
        return series.labels().get(name).orElse("");
    }
}
