package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.CheckValuesTest.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.lab.generator.OpenMetricsFeed.Written;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

class OpenMetricsFeedTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void theTextIsSpelledAsPromtoolReadsIt() throws IOException {
        Labels odd = Labels.of("__name__", "b_total", "path", "a\\b\"c\nd", "town", "Zürich 🂡");
        Samples values =
                Samples.builder()
                        .add(-1, 1)
                        .add(1_795_132_800_007L, -0.0)
                        .add(1_795_132_800_050L, 1e15)
                        .add(1_795_132_801_000L, 0.35000000000000003)
                        .addBits(1_795_132_802_000L, Samples.STALE_MARKER)
                        .add(1_795_132_803_000L, Double.NaN)
                        .add(1_795_132_804_000L, Double.POSITIVE_INFINITY)
                        .add(1_795_132_805_000L, Double.NEGATIVE_INFINITY)
                        .build();
        Series bare = new Series(Labels.of("__name__", "a:b"), Samples.builder().add(5, 7).build());
        Written written = write(bare, new Series(odd, values));
        assertThat(written).isEqualTo(new Written(2, 8, 1));
        String head = "b_total{path=\"a\\\\b\\\"c\\nd\",town=\"Zürich 🂡\"} ";
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        "# TYPE a:b unknown\n"
                                + "a:b 7 0.005\n"
                                + "# TYPE b_total unknown\n"
                                + head
                                + "1 -0.001\n"
                                + head
                                + "-0.0 1795132800.007\n"
                                + head
                                + "1.0E15 1795132800.050\n"
                                + head
                                + "0.35000000000000003 1795132801.000\n"
                                + head
                                + "NaN 1795132803.000\n"
                                + head
                                + "+Inf 1795132804.000\n"
                                + head
                                + "-Inf 1795132805.000\n"
                                + "# EOF\n");
    }

    @Test
    void everySampleButTheStaleMarkersReadsBackFromTheText() throws IOException {
        Fleet fleet = fleet(Recipe.PUBLIC_2, 40, Duration.ofMinutes(3));
        Written written = OpenMetricsFeed.write(fleet.series(), out);
        Iterator<String> lines =
                out.toString(UTF_8).lines().filter(line -> !line.startsWith("# TYPE ")).iterator();
        fleet.series().forEach(series -> expect(series, lines));
        assertThat(lines.next()).isEqualTo("# EOF");
        assertThat(lines.hasNext()).isFalse();
        Digest all = Digest.of(fleet.series());
        assertThat(written.samples() + written.staleMarkersLeftOut()).isEqualTo(all.samples());
        assertThat(written.series()).isEqualTo(all.series());
        assertThat(written.staleMarkersLeftOut()).isPositive();
    }

    @Test
    void aSeriesOfStaleMarkersAloneLeavesNoTrace() throws IOException {
        Samples marker = Samples.builder().addBits(1, Samples.STALE_MARKER).build();
        Written written = write(new Series(Labels.of("__name__", "gone"), marker));
        assertThat(written).isEqualTo(new Written(0, 0, 1));
        assertThat(out.toString(UTF_8)).isEqualTo("# EOF\n");
    }

    @Test
    void namesThatNeedQuotesAreRefused() {
        Samples one = Samples.builder().add(1, 1).build();
        assertThatThrownBy(() -> write(new Series(Labels.of("__name__", "http.requests"), one)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot spell the name 'http.requests'");
        assertThatThrownBy(() -> write(new Series(Labels.of("__name__", "a", "b.c", "d"), one)))
                .hasMessageContaining("'b.c'");
        assertThatThrownBy(() -> write(new Series(Labels.of("job", "x"), one)))
                .hasMessageContaining("{job=\"x\"}");
    }

    @Test
    void aMetricInTwoPlacesIsRefused() {
        Samples one = Samples.builder().add(1, 1).build();
        Series a = new Series(Labels.of("__name__", "a"), one);
        Series b = new Series(Labels.of("__name__", "b"), one);
        assertThatThrownBy(() -> write(a, b, a)).hasMessageContaining("a are not together");
    }

    private Written write(Series... series) throws IOException {
        return OpenMetricsFeed.write(Stream.of(series), out);
    }

    private static void expect(Series series, Iterator<String> lines) {
        Samples samples = series.samples();
        for (int i = 0; i < samples.size(); i++) {
            if (samples.valueBits(i) == Samples.STALE_MARKER) {
                continue;
            }
            String line = lines.next();
            String[] fields = line.split(" ", -1);
            assertThat(line).startsWith(series.labels().get("__name__").orElseThrow() + "{");
            assertThat(Double.doubleToRawLongBits(parsed(fields[1])))
                    .as(line)
                    .isEqualTo(samples.valueBits(i));
            assertThat(Long.parseLong(fields[2].replace(".", "")))
                    .as(line)
                    .isEqualTo(samples.timestampMs(i));
        }
    }

    private static double parsed(String number) {
        return number.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number);
    }
}
