package io.tsvault.lab.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.wire.xor.XorEncoder;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What Prometheus needs for the recipes: the yardstick for any other format.
@Tag("slow")
class XorSizeTest {
    private static final int SAMPLES_PER_CHUNK = 120;

    private final XorEncoder encoder = new XorEncoder();

    @Test
    void aFleetTakesTwoBytesPerSampleInChunksOf120() {
        Fleet fleet =
                new Fleet(
                        Recipe.PUBLIC_1,
                        42,
                        40,
                        new Schedule(
                                CheckValuesTest.START,
                                Duration.ofSeconds(15),
                                Duration.ofHours(2)));
        assertThat(fleet.series().mapToLong(this::bytes).sum()).isEqualTo(14_213_314);
    }

    private long bytes(Series series) {
        Samples samples = series.samples();
        long bytes = 0;
        for (int i = 0; i < samples.size(); i++) {
            encoder.append(samples.timestampMs(i), samples.valueBits(i));
            if (encoder.size() == SAMPLES_PER_CHUNK || i == samples.size() - 1) {
                bytes += encoder.take().length;
            }
        }
        return bytes;
    }
}
