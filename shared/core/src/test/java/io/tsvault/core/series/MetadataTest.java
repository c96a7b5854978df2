package io.tsvault.core.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class MetadataTest {
    @Test
    void metadataSortByFamilyFirstAndThenByEachOtherPart() {
        List<Metadata> sorted =
                List.of(
                        new Metadata("a_seconds", Metadata.Type.GAUGE, "Z", "seconds"),
                        new Metadata("b", Metadata.Type.COUNTER, "Z", "z"),
                        new Metadata("b", Metadata.Type.GAUGE, "", "z"),
                        new Metadata("b", Metadata.Type.GAUGE, "A", ""),
                        new Metadata("b", Metadata.Type.GAUGE, "A", "a"));
        assertThat(sorted.reversed().stream().sorted()).isEqualTo(sorted);
    }

    @Test
    void metadataWithoutAFamilyAreRefused() {
        assertThatThrownBy(() -> new Metadata("", Metadata.Type.INFO, "of what?", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a metric family: INFO, help 'of what?'");
    }

    @Test
    void typesStandInTheOrderOfTheWire() {
        assertThat(Stream.of(Metadata.Type.values()).map(Metadata.Type::name))
                .containsExactly(
                        "UNKNOWN",
                        "COUNTER",
                        "GAUGE",
                        "HISTOGRAM",
                        "GAUGE_HISTOGRAM",
                        "SUMMARY",
                        "INFO",
                        "STATESET");
    }
}
