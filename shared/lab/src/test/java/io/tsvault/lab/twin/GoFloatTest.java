package io.tsvault.lab.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFloatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.0, -0, -0",
        "1, 1, 1",
        "0.1, 0.1, 0.1",
        "999999, 999999, 999999",
        "1e6, 1000000, 1e+06",
        "1e20, 100000000000000000000, 1e+20",
        "1e21, 1e+21, 1e+21",
        "1e-4, 0.0001, 0.0001",
        "9e-5, 0.00009, 9e-05",
        "1e-6, 0.000001, 1e-06",
        "1.5e-7, 1.5e-07, 1.5e-07",
        "4.9e-324, 5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308, 1.7976931348623157e+308",
        "NaN, NaN, NaN",
        "Infinity, +Inf, +Inf",
        "-Infinity, -Inf, -Inf"
    })
    void aFloatIsPrintedAsGoDoes(double value, String json, String general) {
        assertThat(GoFloat.json(value)).isEqualTo(json);
        assertThat(GoFloat.general(value)).isEqualTo(general);
    }
}
