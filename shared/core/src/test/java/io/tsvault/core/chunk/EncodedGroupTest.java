package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// A wrong encoding is played by the right encoding of other series.
class EncodedGroupTest {
    private static final Series UP = Specimens.series("up", 0, 9, i -> i % 2);
    private static final Series OTHER_VALUE = Specimens.series("up", 0, 9, i -> i == 7 ? 5 : i % 2);
    private static final Series LATER = Specimens.series("up", 1, 9, i -> i % 2);

    private final GroupEncoder encoder = new GroupEncoder();
    private final StreamSource streams = new StreamSource();

    @AfterEach
    void close() {
        encoder.close();
        streams.close();
    }

    @Test
    void whatIsDecodedAsItWentInIsAccepted() {
        List<List<Series>> groups = new ArrayList<>(List.of(List.of(UP), Specimens.everyMode()));
        groups.add(Specimens.histograms(0));
        for (List<Series> group : groups) {
            EncodedGroup encoded = encodedAs(group, group);
            assertThatCode(() -> encoded.requireEqual(group, streams)).doesNotThrowAnyException();
        }
    }

    @Test
    void oneValueThatTheCodecChangedIsRefused() {
        requireRefused(encodedAs(List.of(UP), List.of(OTHER_VALUE)), List.of(UP));
    }

    @Test
    void aSeriesThatTheCodecMovedIsRefused() {
        requireRefused(encodedAs(List.of(UP), List.of(LATER)), List.of(UP));
    }

    /// Whoever looks for it by time or by metric would not find it.
    @Test
    void anIndexEntryThatDoesNotMeanWhatIsInTheGroupIsRefused() {
        requireRefused(encodedAs(List.of(UP), List.of(LATER)), List.of(LATER));
    }

    @Test
    void anEncodingThatNobodyCanReadIsRefused() {
        byte[] bytes = encode(List.of(UP));
        bytes[bytes.length - 1]++;
        EncodedGroup group = EncodedGroup.of(List.of(UP), bytes, encoder.digest());
        requireRefused(group, List.of(UP));
    }

    private void requireRefused(EncodedGroup group, List<Series> series) {
        assertThatThrownBy(() -> group.requireEqual(series, streams))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the codec changed the samples of")
                .hasMessageContaining("nothing was written");
    }

    @Test
    void theIndexEntrySpansAllThatIsInTheGroup() {
        List<Series> group =
                List.of(
                        Specimens.series(Labels.of("__name__", "m", "a", "1"), 20, 5, i -> i),
                        Specimens.series(Labels.of("__name__", "z", "a", "1"), 3, 2, i -> i),
                        Specimens.series(Labels.of("__name__", "b", "c", "1"), 7, 30, i -> i));
        EncodedGroup encoded = encodedAs(group, group);
        RowGroup entry = encoded.at(4096, 3, 17);
        assertThat(entry)
                .isEqualTo(
                        new RowGroup(
                                new Extent(4096, encoded.bytes().length),
                                new NameRun(3, 17),
                                new Times(at(3), at(36)),
                                new Metrics(metric("b"), metric("z")),
                                new Size(3, 37, 37),
                                encoder.digest()));
        assertThat(encoded.window()).isEqualTo(Limits.window(Specimens.START_MS));
        assertThat(encoded.metricBytes()).isEqualTo(2 * metric("b").byteLength());
        assertThat(encoded.labels()).isEqualTo(group.stream().map(Series::labels).toList());
        assertThat(encoded.labelBytes())
                .isEqualTo(encoded.labels().stream().mapToInt(Labels::byteLength).sum());
    }

    /// Times are those of floats and histograms, and so are samples; a histogram is many values.
    @Test
    void theIndexEntryCountsHistogramsToo() {
        List<Series> group = Specimens.histograms(0);
        RowGroup entry = encodedAs(group, group).at(0, 0, 0);
        int values = group.stream().mapToInt(Parts::values).sum();
        assertThat(entry.size()).isEqualTo(new Size(2, 27, values));
        assertThat(values).isGreaterThan(9 + 18 * 3);
        assertThat(entry.times()).isEqualTo(new Times(at(0), at(8) + 1));
    }

    private static long at(int step) {
        return Specimens.START_MS + step * 15_000L;
    }

    private static Labels metric(String name) {
        return Labels.of("__name__", name);
    }

    /// The bytes of `written` under the index entry of `meant`.
    private EncodedGroup encodedAs(List<Series> meant, List<Series> written) {
        return EncodedGroup.of(meant, encode(written), encoder.digest());
    }

    private byte[] encode(List<Series> series) {
        series.forEach(encoder::add);
        return encoder.finish();
    }
}
