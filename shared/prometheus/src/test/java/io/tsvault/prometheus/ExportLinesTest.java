package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Sorter;
import io.tsvault.core.source.TooMuch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ExportLinesTest {
    private static final TimeRange RANGE = new TimeRange(60_000, 120_000);

    private static final String LINES =
            """
            {"metric":{"__name__":"up","job":"b"},"values":[3,null],"timestamps":[80000,90000]}
            {"metric":{"__name__":"up","job":"a"},"values":["Infinity",-1e-9],"timestamps":[60000,60001]}
            {"metric":{"__name__":"up","job":"b"},"values":[1,2.5],"timestamps":[60000,70000]}
            """;

    @Test
    void linesInAnyOrderBecomeSeries() {
        assertThat(read(LINES))
                .containsExactly(
                        new Series(
                                Labels.of("__name__", "up", "job", "a"),
                                Samples.builder()
                                        .add(60_000, Double.POSITIVE_INFINITY)
                                        .add(60_001, -1e-9)
                                        .build()),
                        new Series(
                                Labels.of("__name__", "up", "job", "b"),
                                Samples.builder()
                                        .add(60_000, 1)
                                        .add(70_000, 2.5)
                                        .add(80_000, 3)
                                        .addBits(90_000, Samples.STALE_MARKER)
                                        .build()));
        assertThat(read("")).isEmpty();
    }

    @Test
    void S09_onlyACutBetweenTwoLinesLooksWhole() {
        byte[] whole = LINES.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            if (whole[length - 1] == '\n' || whole[length] == '\n') {
                assertThat(read(prefix)).isNotEmpty();
            } else {
                assertThatThrownBy(() -> read(prefix))
                        .as(length + " bytes")
                        .isInstanceOf(Transient.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\nerror when exporting data: the search took too long\n",
                "remoteAddr: 1.2.3.4; cannot export",
                "{\"status\":\"error\",\"values\":[1]}",
                "{\"metric\":{},\"values\":[1,2],\"timestamps\":[60000]}",
                "{\"metric\":{},\"values\":[true],\"timestamps\":[60000]}",
                "{\"metric\":{},\"values\":[1],\"timestamps\":[60000.5]}",
                "[]",
            })
    void S11_anErrorBehindGoodLinesIsSeen(String error) {
        assertThatThrownBy(() -> read(LINES + error)).isInstanceOf(Transient.class);
    }

    @Test
    void S10_noFlippedBitIsAnotherExceptionThanTheThree() {
        byte[] whole = LINES.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                read(flipped);
            } catch (Transient | Permanent | TooMuch _) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length);
    }

    @Test
    void oldInfinitiesWithoutQuotesAreRead() {
        String old =
                """
                {"metric":{"__name__":"up","a":"\\"Inf","b":"-Inf"},"values":[-Inf,+Inf],
                "timestamps":[60000,60001]}
                """;
        assertThat(read(old))
                .containsExactly(
                        new Series(
                                Labels.of("__name__", "up", "a", "\"Inf", "b", "-Inf"),
                                Samples.builder()
                                        .add(60_000, Double.NEGATIVE_INFINITY)
                                        .add(60_001, Double.POSITIVE_INFINITY)
                                        .build()));
    }

    @Test
    void S26_twoValuesForOneInstantAreRefused() {
        String lines =
                """
                {"metric":{"__name__":"up"},"values":[1,2],"timestamps":[60000,60000]}
                """;
        assertThatThrownBy(() -> read(lines)).isInstanceOf(Permanent.class);
        assertThat(read(lines.replace("1,2", "2,2"))).hasSize(1);
    }

    private static List<Series> read(String lines) {
        return read(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Series> read(byte[] lines) {
        try (Sorter sorter = new Sorter(RANGE, Sorter.DEFAULT_HELD_BYTES)) {
            JsonWalk walk =
                    JsonWalk.over(new Infinities(new ByteArrayInputStream(lines)), "the export");
            new ExportLines(sorter).read(walk);
            List<Series> series = new ArrayList<>();
            sorter.sorted(Reading.Observed.NOTHING).forEachRemaining(series::add);
            return series;
        }
    }
}
