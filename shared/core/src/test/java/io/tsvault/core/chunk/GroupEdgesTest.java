package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/// Series of [#VALUES] values each go in; the numbers of those that begin a row group come out.
class GroupEdgesTest {
    private static final int VALUES = 1024;

    /// How many of them are enough for a group in a small window, and in any.
    private static final int LEAST = 48;

    private static final int MOST = 192;

    private final GroupEdges edges = new GroupEdges();

    @Test
    void oneMetricIsCutWhereAGroupWouldExceedTwiceTheLeastSize() {
        assertThat(window(VALUES, "m", 4 * LEAST + 1)).containsExactly(2 * LEAST, 4 * LEAST);
    }

    /// Nor does what was a long series in one window begin a group in the next.
    @Test
    void theFirstSeriesOfAWindowBeginsNoGroupHoweverLongItIs() {
        assertThat(window(3 * LEAST * VALUES, "a", 1)).isEmpty();
        edges.nextWindow();
        assertThat(window(VALUES, "_", LEAST, "a", 1, "b", 1)).containsExactly(LEAST);
        edges.nextWindow();
        assertThat(window(VALUES, "_", LEAST, "a", 1, "b", 1)).containsExactly(LEAST);
    }

    @Test
    void aMetricBeginsAGroupWhenTheOneBeforeIsLargeEnough() {
        assertThat(window(VALUES, "a", LEAST - 1, "b", 1, "c", 1)).containsExactly(LEAST);
    }

    @Test
    void aSeriesWithoutAMetricNameBeginsNoMetric() {
        List<Labels> nameless = new ArrayList<>();
        for (int i = 0; i <= LEAST; i++) {
            nameless.add(Labels.of("n", "%03d".formatted(i)));
        }
        assertThat(window(VALUES, nameless)).isEmpty();
    }

    @Test
    void eachGroupIsCountedFromItsOwnBegin() {
        assertThat(window(VALUES, "a", LEAST, "b", LEAST - 1, "c", 1, "d", 1))
                .containsExactly(LEAST, 2 * LEAST);
    }

    @Test
    void eachWindowIsCountedFromItsOwnBegin() {
        assertThat(window(VALUES, "a", LEAST + 10)).isEmpty();
        edges.nextWindow();
        assertThat(window(VALUES, "a", 2 * LEAST + 1)).containsExactly(2 * LEAST);
    }

    /// Unless it is less than half of the least group.
    @ParameterizedTest
    @CsvSource({"1024, true", "600, true", "512, true", "511, false"})
    void theNextWindowIsCutAtTheSameSeries(int values, boolean same) {
        assertThat(window(VALUES, "a", LEAST, "b", LEAST)).containsExactly(LEAST);
        edges.nextWindow();
        List<Integer> next = window(values, "a", LEAST, "b", LEAST - 10);
        assertThat(next).isEqualTo(same ? List.of(LEAST) : List.of());
    }

    @Test
    void theWindowBeforeTheLastIsForgotten() {
        assertThat(window(VALUES, "a", LEAST, "b", 1)).containsExactly(LEAST);
        edges.nextWindow();
        assertThat(window(100, "a", LEAST, "b", 1)).isEmpty();
        edges.nextWindow();
        assertThat(window(700, "a", LEAST, "b", 1)).isEmpty();
    }

    /// For the edge of the window before may come a little later.
    @Test
    void anEdgeThatIsNewWaitsForAnEighthMore() {
        assertThat(window(VALUES, "b", LEAST, "z", 1)).containsExactly(LEAST);
        edges.nextWindow();
        int more = LEAST / 8 * 9;
        assertThat(window(VALUES, "a", LEAST, "c", more - 1 - LEAST, "d", 1, "e", 1))
                .containsExactly(more);
    }

    @Test
    void aLargeWindowHasLargerGroups() {
        int inWindow = 28 * 64;
        assertThat(window(VALUES, "m", inWindow).getLast()).isGreaterThan(LEAST);
        edges.nextWindow();
        assertThat(window(VALUES, "a", 64, "b", 64, "c", 10)).containsExactly(128);
    }

    /// A window begins as if it were as large as the one before, and may become larger.
    @Test
    void groupsGrowWithTheirWindow() {
        List<Integer> found = window(VALUES, "m", 28 * 150);
        int first = found.getFirst();
        int last = found.getLast() - found.get(found.size() - 2);
        assertThat(first).isEqualTo(2 * LEAST);
        assertThat(last).isEqualTo(256);
    }

    @Test
    void noWindowIsLargeEnoughForAGroupThatExceedsTheFormat() {
        window(28 * 3 * MOST * VALUES, "m", 1);
        edges.nextWindow();
        List<Integer> found = window(VALUES, "m", 257);
        assertThat(256 * VALUES).isEqualTo(Limits.GROUP_VALUES);
        assertThat(found).containsExactly(256);
    }

    @Test
    void inAnyWindowThreeQuartersOfTheMostAreEnough() {
        window(28 * 3 * MOST * VALUES, "m", 1);
        edges.nextWindow();
        assertThat(window(VALUES, "a", MOST - 1, "b", 1, "c", 1)).containsExactly(MOST);
    }

    @Test
    void aGroupHasHalfTheSeriesOfALabelBlock() {
        int most = LabelBlock.MAX_SERIES / 2;
        assertThat(window(1, "m", 2 * most + 1)).containsExactly(most, 2 * most);
    }

    @Test
    void theNamesOfAGroupFitALabelBlock() {
        int most = LabelBlock.MAX_BYTES;
        int eighth = most / 8;
        List<Labels> names = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            names.add(ofBytes(i, eighth));
        }
        assertThat(window(1, names)).containsExactly(8, 16);
        edges.nextWindow();
        names.set(3, ofBytes(3, eighth + 1));
        assertThat(window(1, names)).containsExactly(7, 15);
    }

    private static Labels ofBytes(int number, int bytes) {
        Labels labels = Labels.of("n", "%02d".formatted(number) + "x".repeat(bytes - 7));
        assertThat(labels.byteLength()).isEqualTo(bytes);
        return labels;
    }

    /// @param runs metric and number of series, by turns
    private List<Integer> window(int values, Object... runs) {
        List<Labels> labels = new ArrayList<>();
        for (int run = 0; run < runs.length; run += 2) {
            for (int i = 0; i < (int) runs[run + 1]; i++) {
                labels.add(Labels.of("__name__", (String) runs[run], "n", "%05d".formatted(i)));
            }
        }
        return window(values, labels);
    }

    private List<Integer> window(int values, List<Labels> labels) {
        List<Integer> begins = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            if (edges.isBefore(labels.get(i), values)) {
                begins.add(i);
            }
            edges.add(labels.get(i), values);
        }
        return begins;
    }
}
