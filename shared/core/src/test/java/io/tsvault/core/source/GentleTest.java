package io.tsvault.core.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class GentleTest {
    private static final TimeRange HOUR = new TimeRange(0, 3_600_000);

    private final List<Duration> pauses = new ArrayList<>();
    private final MemorySource source = new MemorySource(List.of(series("a"), series("b")));
    private Instant now = Instant.EPOCH;
    private Duration latency = Duration.ofMillis(100);

    private static Series series(String name) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < 100; i++) {
            samples.add(i * 1000L, i);
        }
        return new Series(Labels.of("__name__", name), samples.build());
    }

    private Gentle gentle(long samplesPerSecond) {
        return new Gentle(source, samplesPerSecond, ticking(), this::pause);
    }

    private void pause(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }

    /// Each look at it takes half a latency.
    private Clock ticking() {
        InstantSource ticks =
                () -> {
                    now = now.plus(latency.dividedBy(2));
                    return now;
                };
        return ticks.withZone(ZoneOffset.UTC);
    }

    private static int read(Gentle from) {
        int series = 0;
        try (Reading reading = from.read(Mode.of(Way.REMOTE_READ), StreamConfig.EVERYTHING, HOUR)) {
            while (reading.hasNext()) {
                Series _ = reading.next();
                series++;
            }
        }
        return series;
    }

    @Test
    void noMoreSamplesComeThanAreAllowed() {
        assertThat(read(gentle(10))).isEqualTo(2);

        assertThat(Duration.between(Instant.EPOCH, now)).isGreaterThan(Duration.ofSeconds(19));
    }

    @Test
    void withoutALimitNothingWaits() {
        assertThat(read(gentle(0))).isEqualTo(2);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aServerThatBecomesSlowIsLeftAloneForAWhile() {
        Gentle gentle = gentle(0);
        read(gentle);
        latency = Duration.ofSeconds(4);
        read(gentle);
        assertThat(pauses).isEmpty();
        read(gentle);
        assertThat(pauses).hasSize(1);
        assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void aReadingThatFailsIsClosed() {
        source.cutAfter(0, () -> new Transient("cut"));
        assertThatThrownBy(() -> read(gentle(0))).isInstanceOf(Transient.class);
        source.heal();
        assertThat(read(gentle(0))).isEqualTo(2);
    }
}
