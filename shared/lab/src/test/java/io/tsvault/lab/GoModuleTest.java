package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoModuleTest {
    @ParameterizedTest
    @CsvSource({
        "v1.8.0, 1.8.0",
        "v2.0.0-rc.1, 2.0.0-rc.1",
        "v0.0.0-20260212201848-7aac2a2c5b7c, 2026.02.12",
    })
    void aVersionIsCalledAsPeopleCallIt(String version, String released) {
        assertThat(new GoModule("example.org/server", version).released()).isEqualTo(released);
    }
}
