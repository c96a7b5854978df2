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

class MatrixTest {
    private static final TimeRange RANGE = new TimeRange(60_000, 120_000);

    private static final String TWO_SERIES =
            """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"__name__":"up","job":"b"},"values":[[60,"1"],[75.5,"NaN"],[90.125,"+Inf"]]},
              {"metric":{"__name__":"up","job":"a"},"values":[[59.999,"7"],[60.001,"-0"]]}
            ]}}
            """;

    /// What was read of an answer.
    private record Read(List<Series> series, Reading.Observed observed) {}

    @Test
    void aMatrixIsReadIntoOrder() {
        assertThat(read(TWO_SERIES).series())
                .containsExactly(
                        new Series(
                                up("a"), Samples.builder().addBits(60_001, Long.MIN_VALUE).build()),
                        new Series(
                                up("b"),
                                Samples.builder()
                                        .add(60_000, 1)
                                        .addBits(75_500, 0x7ff8000000000001L)
                                        .add(90_125, Double.POSITIVE_INFINITY)
                                        .build()));
    }

    @Test
    void theInstantBeforeTheStartIsIgnoredAndOthersAreCounted() {
        assertThat(read(TWO_SERIES).observed()).isEqualTo(Reading.Observed.NOTHING);
        String far = TWO_SERIES.replace("59.999", "59.998").replace("90.125", "120");
        assertThat(read(far).observed().outside()).isEqualTo(2);
    }

    @Test
    void S09_everyPrefixIsSeenToBeCut() {
        byte[] whole = TWO_SERIES.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] prefix = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(prefix))
                    .as(length + " bytes")
                    .isInstanceOf(Transient.class);
        }
    }

    @Test
    void S10_noFlippedBitIsAnotherExceptionThanTheThree() {
        byte[] whole = TWO_SERIES.getBytes(StandardCharsets.UTF_8);
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

    @ParameterizedTest
    @ValueSource(strings = {"{}", "x", ", 1", "\n<error>\n"})
    void S09_nothingMayFollow(String more) {
        assertThatThrownBy(() -> read(TWO_SERIES + more)).isInstanceOf(Transient.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"result\":[],\"resultType\":\"matrix\"}}",
                "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"no\"}",
                "{\"status\":\"success\",\"status\":\"success\",\"data\":null}",
                "[]",
                "null",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"a\":1}}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"metric\":{\"\":\"b\"}}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1,2]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[\"1\",\"2\"]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1,\"2\",3]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1,\"2f\"]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1,\"null\"]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1.0001,\"2\"]]}]}}",
                "{\"status\":\"success\",\"data\":{\"result\":[{\"values\":[[1e99,\"2\"]]}]}}",
            })
    void whatIsNoGoodAnswerIsRefused(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(Transient.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"warnings\":[\"half\"],\"status\":\"success\",\"data\":%s}",
                "{\"status\":\"success\",\"infos\":[\"half\"],\"data\":%s}",
                "{\"data\":%s,\"stats\":{\"a\":[1.5,{}]},\"warnings\":[\"half\"],\"infos\":null,"
                        + "\"status\":\"success\"}",
            })
    void S17_warningsAreFoundWhereverTheyStand(String answer) {
        Read read = read(answer.formatted("{\"resultType\":\"matrix\",\"result\":[]}"));
        assertThat(read.observed().warnings()).containsExactly("half");
    }

    @Test
    void S17_aPartialAnswerIsAWarning() {
        String partial = "{\"status\":\"success\",\"isPartial\":true,\"data\":{\"result\":[]}}";
        assertThat(read(partial).observed().warnings()).containsExactly("the answer is partial");
        assertThat(read(partial.replace("true", "false")).observed().warnings()).isEmpty();
    }

    @Test
    void S25_nativeHistogramsAreCountedAsLost() {
        String answer =
                """
                {"status":"success","data":{"result":[{"metric":{"__name__":"h"},
                "histograms":[[60,{"count":"3","sum":"4","buckets":[[0,"1","2","3"]]}],[61,{}]]}]}}
                """;
        assertThat(read(answer).observed()).isEqualTo(new Reading.Observed(0, 0, 2, List.of()));
        assertThat(read(answer).series()).isEmpty();
    }

    @Test
    void S26_samplesInNoOrderAreSorted() {
        String answer =
                """
                {"status":"success","data":{"result":[
                {"values":[[80,"2"],[70,"1"],[80,"2"]],"metric":{"__name__":"up","job":""}}]}}
                """;
        Read read = read(answer);
        assertThat(read.series())
                .containsExactly(
                        new Series(
                                Labels.of("__name__", "up"),
                                Samples.builder().add(70_000, 1).add(80_000, 2).build()));
        assertThat(read.observed().duplicates()).isEqualTo(1);
    }

    private static Labels up(String job) {
        return Labels.of("__name__", "up", "job", job);
    }

    private static Read read(String answer) {
        return read(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static Read read(byte[] answer) {
        try (Sorter sorter = new Sorter(RANGE, Sorter.DEFAULT_HELD_BYTES)) {
            Matrix matrix = new Matrix(sorter, RANGE.startMs() - 1);
            JsonWalk walk = JsonWalk.over(new ByteArrayInputStream(answer), "the answer");
            List<String> notices = Envelope.read(walk, () -> matrix.read(walk));
            List<Series> series = new ArrayList<>();
            Reading reading = sorter.sorted(new Reading.Observed(0, 0, matrix.lost(), notices));
            reading.forEachRemaining(series::add);
            return new Read(series, reading.observed());
        }
    }
}
