package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
    @ParameterizedTest
    @CsvSource({
        "0, slice, 0 slices",
        "1, slice, 1 slice",
        "1, series, 1 series",
        "2, series, 2 series",
        "2000, sample, '2,000 samples'",
    })
    void aNumberOfThingsIsSaidAsInSpeech(long many, String one, String said) {
        assertThat(Count.of(many, one)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1 byte",
        "999, 999 bytes",
        "4310, 4.31 kB",
        "21400000000, 21.4 GB",
        "2000000000000000, '2,000 TB'"
    })
    void aSizeIsSaidToThreeDigits(long bytes, String said) {
        assertThat(ForecastText.size(bytes)).isEqualTo(said);
    }
}
