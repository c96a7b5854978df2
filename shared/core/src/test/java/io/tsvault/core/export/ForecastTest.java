package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.source.Way;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/// What a person is told before the first slice is read.
class ForecastTest {
    private final Site site = new Site();

    private Forecast forecast() {
        return site.exporter().forecast(Exporter.Order.ALL).orElseThrow();
    }

    @Test
    void whatIsDueIsForetoldByItsNewestQuarterOfAnHour() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(10));
        site.scrape("young", Duration.ofHours(9), Duration.ofHours(10)).at(Duration.ofHours(10));

        Forecast forecast = forecast();

        assertThat(forecast.from()).isEqualTo(Site.START);
        assertThat(forecast.slices()).isEqualTo(39);
        assertThat(forecast.metrics()).isEqualTo(2);
        assertThat(forecast.series()).isEqualTo(2);
        assertThat(forecast.samplesPerSecond()).isEqualTo(2.0 / 30);
        assertThat(forecast.samples()).isEqualTo(39 * 60);
        assertThat(forecast.bytes()).isEqualTo((long) (39 * 60 * 0.6));
        assertThat(forecast.requests()).isEqualTo(39 + 4 * 2);
        assertThat(site.kinds()).isEmpty();
    }

    @Test
    void whatIsReadMetricByMetricTakesMoreRequests() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(1));
        site.scrape("down", Duration.ZERO, Duration.ofHours(1)).at(Duration.ofHours(1));
        site.set("mode", Way.RAW.toString());

        assertThat(forecast().requests()).isEqualTo(3 * 2 + 2);
    }

    @Test
    void aStreamThatMayReadLittleTakesLong() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(1)).at(Duration.ofHours(1));
        site.set("rate", "2");

        assertThat(forecast().time()).isEqualTo(Duration.ofSeconds(45));
        assertThat(forecast().rate()).isEqualTo(2);
    }

    @Test
    void ofAGridItsPointsAreForetold() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(1)).at(Duration.ofHours(1));
        site.set("mode", Way.QUERY_RANGE.toString()).set("step", "1m");

        assertThat(forecast().samples()).as("half of what is scraped").isEqualTo(45);
        assertThat(forecast().requests()).as("none counts them").isEqualTo(3);
        assertThat(forecast().mode()).isEqualTo("query-range every 1m");
    }

    @Test
    void whereNothingIsDueNothingIsForetold() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(1)).at(Duration.ofMinutes(10));

        assertThat(site.exporter().forecast(Exporter.Order.ALL)).isEmpty();
    }
}
