package io.tsvault.cli;

import io.tsvault.core.export.Forecast;
import io.tsvault.core.json.Json;

import java.util.List;
import java.util.Locale;

/// About what a backup will take: a few lines for people, one object for machines.
record ForecastText(String stream, Forecast forecast) {
    private static final List<String> UNITS = List.of("bytes", "kB", "MB", "GB", "TB");

    String text() {
        return """
        %s: about what this takes, if it was always as in its newest quarter of an hour
          history          from %s: %s
          series           %s of %s, %,.1f samples a second
          samples          %,d
          in the vault     %s, at %.1f bytes per sample as usual exporters take
          of the source    %s, by %s
          time             %s, at %,d samples a second; while it runs, what is measured is told
        """
                .formatted(
                        stream,
                        Times.text(forecast.from().toEpochMilli()),
                        Count.of(forecast.slices(), "slice"),
                        Count.of(forecast.series(), "series"),
                        Count.of(forecast.metrics(), "metric"),
                        forecast.samplesPerSecond(),
                        forecast.samples(),
                        size(forecast.bytes()),
                        Forecast.BYTES_PER_SAMPLE,
                        Count.of(forecast.requests(), "request"),
                        forecast.mode(),
                        Times.length(0, forecast.time().toSeconds() * 1000),
                        forecast.rate());
    }

    /// To three digits.
    static String size(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < UNITS.size() - 1) {
            size /= 1000;
            unit++;
        }
        return unit == 0
                ? Count.of(bytes, "byte")
                : String.format(
                        Locale.ROOT, size < 1000 ? "%.3g %s" : "%,.0f %s", size, UNITS.get(unit));
    }

    Json json() {
        return Json.object()
                .with("from", Times.text(forecast.from().toEpochMilli()))
                .with("slices", forecast.slices())
                .with("mode", forecast.mode())
                .with("metrics", forecast.metrics())
                .with("series", forecast.series())
                .with("samples", forecast.samples())
                .with("storedBytes", forecast.bytes())
                .with("requests", forecast.requests())
                .with("seconds", forecast.time().toSeconds());
    }
}
