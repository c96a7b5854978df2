package io.tsvault.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What every source must do. A test of one writes [#written] to its server, once, and says in
/// which ways it is read.
public abstract class SourceContract {
    /// A window of two hours begins here.
    protected static final long START_MS = 1_700_006_400_000L;

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final TimeRange FIRST_HOUR = new TimeRange(START_MS, START_MS + HOUR);
    private static final Duration STEP = Duration.ofSeconds(30);

    /// The source of this test, which holds what was [#written] and nothing else whose name begins
    /// with `contract`.
    protected abstract Source source();

    /// The ways that the source has to be read in.
    protected abstract List<Way> ways();

    /// What the server keeps of a series by its nature, before anyone reads.
    protected Series kept(Series written) {
        return written;
    }

    /// Does it take names of metrics and labels with any characters?
    protected boolean takesAnyName() {
        return true;
    }

    /// Does it tell which version it is?
    protected boolean tellsVersion() {
        return true;
    }

    /// Does it keep every bit of a value?
    protected boolean keepsEveryBit() {
        return true;
    }

    /// What the server has to hold.
    protected final List<Series> written() {
        List<Series> written = new ArrayList<>();
        for (String instance : List.of("a", "b", "c")) {
            written.add(every15s("contract_steady", "instance", instance));
        }
        written.add(every15s("contract_order_b", "Cluster", "a"));
        written.add(every15s("contract_order_a", "Cluster", "b"));
        written.add(every15s("contract_order_a", "zone", "c"));
        written.add(edges());
        written.addAll(churn());
        for (String text : List.of("\"", "\\", "a\nb", "{}", "=~", "\uD83D\uDE80", "né", "%20&+")) {
            written.add(every15s("contract_text", "text", text));
        }
        written.add(values("contract_special", special()));
        if (keepsEveryBit()) {
            written.add(values("contract_bits", bits()));
        }
        if (takesAnyName()) {
            written.add(every15s("contract.a name \"with\" \\ all", "a.label-", "x"));
        }
        return written;
    }

    /// From just before the first hour until behind it.
    private static Series every15s(String metric, String label, String value) {
        Samples.Builder samples = Samples.builder();
        for (long ms = START_MS - (10 * MINUTE); ms <= START_MS + HOUR + MINUTE; ms += 15_000) {
            samples.add(ms, (ms - START_MS) / 15_000.0 + value.length());
        }
        return new Series(Labels.of("__name__", metric, label, value), samples.build());
    }

    private static Series edges() {
        Samples.Builder samples = Samples.builder();
        for (long edge : new long[] {START_MS, START_MS + (HOUR / 2), START_MS + HOUR}) {
            samples.add(edge - 1, -1).add(edge, 0).add(edge + 1, 1);
        }
        return new Series(Labels.of("__name__", "contract_edges"), samples.build());
    }

    /// One behind the other, and each says when it ends.
    private static List<Series> churn() {
        List<Series> churn = new ArrayList<>();
        for (int pod = 0; pod < 10; pod++) {
            Samples.Builder samples = Samples.builder();
            long begin = START_MS + (pod * 6L * MINUTE);
            for (int i = 0; i < 20; i++) {
                samples.add(begin + (i * 15_000L), i);
            }
            samples.addBits(begin + (5 * MINUTE), Samples.STALE_MARKER);
            churn.add(
                    new Series(
                            Labels.of("__name__", "contract_churn", "pod", "p" + pod),
                            samples.build()));
        }
        return churn;
    }

    private static long[] special() {
        return bitsOf(
                1,
                Double.NaN,
                2,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0,
                -7,
                1e6,
                0.25,
                1e-3,
                Double.longBitsToDouble(Samples.STALE_MARKER),
                3);
    }

    private static long[] bits() {
        long[] bits = bitsOf(-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1 + 0.2, 1e21, 1e-9, 0);
        bits[bits.length - 1] = 0x7ff8000000abcdefL;
        return bits;
    }

    private static long[] bitsOf(double... values) {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        return bits;
    }

    private static Series values(String metric, long[] bits) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < bits.length; i++) {
            samples.addBits(START_MS + (i * 15_000L), bits[i]);
        }
        return new Series(Labels.of("__name__", metric), samples.build());
    }

    @Test
    void everySeriesComesInLabelOrderWithWhatItsWaySees() {
        for (Mode mode : modes()) {
            assertReads(mode, "{__name__=~\"contract_(steady|order_.)\"}", FIRST_HOUR);
        }
    }

    @Test
    void S28_aRangeHasItsStartAndNotItsEnd() {
        for (Mode mode : modesOfSamples()) {
            assertReads(mode, "contract_edges", FIRST_HOUR);
            assertReads(mode, "contract_edges", new TimeRange(START_MS + 1, START_MS + 2));
        }
    }

    @Test
    void S28_adjoiningRangesHaveEverySampleOnce() {
        long middle = START_MS + (HOUR / 2);
        for (Mode mode : modes()) {
            String steady = "{__name__=~\"contract_(steady|order_.)\"}";
            assertReads(mode, steady, new TimeRange(START_MS, middle));
            assertReads(mode, steady, new TimeRange(middle, START_MS + HOUR));
        }
    }

    @Test
    void S22_seriesThatComeAndGoAreReadWithTheirSamples() {
        for (Mode mode : modesOfSamples()) {
            assertReads(mode, "contract_churn", FIRST_HOUR);
        }
    }

    @Test
    void S24_specialValuesAreWhatTheWaySees() {
        for (Mode mode : modesOfSamples()) {
            assertReads(mode, "contract_special", FIRST_HOUR);
            assertReads(mode, "contract_bits", FIRST_HOUR);
        }
    }

    @Test
    void S18_theSamplesOfEachSeriesAddUpToThoseOfItsMetric() {
        Selector order = Selector.parse("{__name__=~\"contract_(order_a|churn)\"}");
        SortedMap<String, Long> counts = source().count(order, FIRST_HOUR);
        for (String metric : counts.keySet()) {
            SortedMap<Labels, Long> each = new TreeMap<>();
            source().countSeries(
                            metric, order, FIRST_HOUR, (labels, count) -> each.put(labels, count));

            assertThat(each).hasSize(metric.equals("contract_churn") ? 10 : 2);
            assertThat(each.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(counts.get(metric));
            assertThat(each.keySet())
                    .allMatch(labels -> labels.get(Labels.METRIC_NAME).orElse("").equals(metric));
        }
        assertThat(counts).hasSize(2);
    }

    @Test
    void S37_textsWithAnyCharactersComeAsTheyAre() {
        for (Mode mode : modes()) {
            assertReads(mode, "contract_text", FIRST_HOUR);
            assertReads(mode, "{__name__=~\"contract[.].*\"}", FIRST_HOUR);
        }
    }

    @Test
    void S32_nothingIsAnEmptyReading() {
        for (Mode mode : modes()) {
            assertReads(mode, "contract_absent", FIRST_HOUR);
            long never = START_MS - (20 * HOUR);
            assertReads(mode, "contract_steady", new TimeRange(never, never + HOUR));
        }
    }

    @Test
    void aRangeOverTheEdgeOfAWindowIsRefused() {
        TimeRange over = new TimeRange(START_MS - 1, START_MS + 1);
        for (Mode mode : modes()) {
            assertThatThrownBy(() -> source().read(mode, all(), over).close())
                    .hasMessageContaining("edge of a window");
        }
    }

    @Test
    void matchersOfAllKindsAreObeyed() {
        for (Mode mode : modes()) {
            assertReads(mode, "contract_steady{instance!=\"a\"}", FIRST_HOUR);
            assertReads(mode, "{__name__=~\"contract_.*\",instance=~\"a|b\"}", FIRST_HOUR);
            assertReads(mode, "contract_order_a{zone=\"\"}", FIRST_HOUR);
            assertReads(mode, "contract_order_a{Cluster!~\".+\"}", FIRST_HOUR);
        }
    }

    @Test
    void S18_samplesAreCountedByMetric() {
        for (TimeRange range : List.of(FIRST_HOUR, new TimeRange(START_MS, START_MS + 2))) {
            assertThat(source().count(all(), range)).isEqualTo(counts(range));
        }
    }

    private SortedMap<String, Long> counts(TimeRange range) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (Series series : expected(Mode.of(Way.REMOTE_READ), all(), range)) {
            long size = Seen.size(Seen.withoutMarkers(series));
            if (size > 0) {
                counts.merge(series.labels().get(Labels.METRIC_NAME).orElse(""), size, Long::sum);
            }
        }
        return counts;
    }

    @Test
    void metricsAreNamedThatHaveSamples() {
        List<String> metrics = source().metrics(all(), FIRST_HOUR);
        assertThat(metrics).isSorted().containsAll(counts(FIRST_HOUR).keySet());
        assertThat(counts(TimeRange.ALL).keySet()).containsAll(metrics);
    }

    @Test
    void theBeginOfHistoryIsKnownToTheHour() {
        assertThat(source().oldest(all()).map(Instant::toEpochMilli))
                .hasValueSatisfying(
                        ms -> assertThat(ms).isBetween(START_MS - HOUR, START_MS - (9 * MINUTE)));
        assertThat(source().oldest(Selector.parse("contract_absent"))).isEmpty();
    }

    @Test
    void theProbeNamesTheWays() {
        Abilities abilities = source().probe();
        assertThat(abilities.ways()).containsAll(ways());
        assertThat(abilities.product()).isNotEmpty();
        assertThat(abilities.version().isEmpty()).isNotEqualTo(tellsVersion());
    }

    private static Selector all() {
        return Selector.parse("{__name__=~\"contract.*\"}");
    }

    private List<Mode> modes() {
        return ways().stream()
                .map(way -> way == Way.QUERY_RANGE ? Mode.grid(STEP) : Mode.of(way))
                .toList();
    }

    private List<Mode> modesOfSamples() {
        return modes().stream().filter(mode -> mode.step().isZero()).toList();
    }

    private void assertReads(Mode mode, String promQl, TimeRange range) {
        Selector selector = Selector.parse(promQl);
        List<Series> read = new ArrayList<>();
        try (Reading reading = source().read(mode, selector, range)) {
            reading.forEachRemaining(read::add);
            assertThat(reading.observed()).as(mode + " " + promQl).isEqualTo(Observed.NOTHING);
        }
        assertThat(whole(read))
                .as("%s %s in %s", mode, promQl, range)
                .isEqualTo(expected(mode, selector, range));
    }

    /// A part of a long series goes on where the one before it ended.
    private static List<Series> whole(List<Series> parts) {
        List<Series> whole = new ArrayList<>();
        for (Series part : parts) {
            if (!whole.isEmpty() && whole.getLast().labels().equals(part.labels())) {
                whole.add(Seen.joined(whole.removeLast(), part));
            } else {
                whole.add(part);
            }
        }
        return whole;
    }

    private List<Series> expected(Mode mode, Selector selector, TimeRange range) {
        SortedMap<Labels, Series> expected = new TreeMap<>();
        for (Series series : written()) {
            Series seen = Seen.by(mode, kept(series), range);
            if (selector.matches(series.labels()) && Seen.size(seen) > 0) {
                expected.put(series.labels(), seen);
            }
        }
        return List.copyOf(expected.values());
    }
}
