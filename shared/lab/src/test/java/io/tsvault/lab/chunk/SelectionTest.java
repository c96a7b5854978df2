package io.tsvault.lab.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.RowGroup;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One metric out of a day: every byte that is read counts, those of index and labels too.
@Tag("slow")
class SelectionTest {
    private static final double MOST_OF_THE_FILE = 0.05;

    private final WrittenFleet written = WrittenFleet.of(Yardstick.PUBLIC_1_DAY);
    private final Chunk chunk = written.chunk();
    private final CountedRanges file = new CountedRanges(chunk.ranges());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "node_load1",
                "process_cpu_seconds_total",
                "go_goroutines",
                "price_usd"
            })
    void aMetricIsReadFromATwentiethOfTheFile(String metric) {
        assertThat(read(metric)).containsExactlyInAnyOrderEntriesOf(wentIn(metric));
        assertThat((double) file.bytes() / chunk.length()).isLessThanOrEqualTo(MOST_OF_THE_FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_request_duration_seconds_bucket", "kube_pod_status_phase"})
    void aWideFamilyTakesItsOwnRowGroupsAndATwentieth(String metric) {
        assertThat(read(metric)).containsExactlyInAnyOrderEntriesOf(wentIn(metric));
        long own = groupsOf(metric).stream().mapToLong(Extent::length).sum();
        assertThat(file.bytes() - own).isLessThanOrEqualTo(share(MOST_OF_THE_FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "node_load1", "go_goroutines", "http_requests_total", "absent"})
    void onlyRowGroupsWhoseNamesMayMatchAreRead(String metric) {
        assertThat(read(metric)).hasSameSizeAs(wentIn(metric));
        List<Extent> tail = file.reads().subList(0, 1);
        List<Extent> mayMatch = groupsOf(metric);
        List<Extent> others = allGroups().stream().map(RowGroup::extent).toList();
        assertThat(file.reads())
                .filteredOn(read -> !tail.contains(read))
                .allSatisfy(
                        read ->
                                assertThat(others)
                                        .filteredOn(group -> overlap(read, group))
                                        .isSubsetOf(mayMatch));
    }

    private Map<Labels, Long> read(String metric) {
        Content content = new Content();
        try (ChunkReader reader = ChunkReader.open(file)) {
            reader.series(Selector.parse(metric), TimeRange.ALL).forEachOrdered(content::add);
        }
        return content.hashes();
    }

    private Map<Labels, Long> wentIn(String metric) {
        Map<Labels, Long> some = new TreeMap<>(written.content());
        some.keySet().removeIf(labels -> !labels.get(Labels.METRIC_NAME).orElse("").equals(metric));
        return some;
    }

    /// The row groups whose range of metric names holds this one.
    private List<Extent> groupsOf(String metric) {
        Labels name = Labels.of(Labels.METRIC_NAME, metric);
        return allGroups().stream()
                .filter(group -> group.metrics().min().compareTo(name) <= 0)
                .filter(group -> group.metrics().max().compareTo(name) >= 0)
                .map(RowGroup::extent)
                .toList();
    }

    private List<RowGroup> allGroups() {
        try (ChunkReader reader = written.read()) {
            return reader.rowGroups();
        }
    }

    private long share(double part) {
        return (long) (part * chunk.length());
    }

    private static boolean overlap(Extent one, Extent other) {
        return one.offset() < other.end() && other.offset() < one.end();
    }
}
