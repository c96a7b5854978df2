package io.tsvault.core.compare;

import io.tsvault.core.compare.Points.Point;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.function.Consumer;

/// Gathers points of one series after the other.
final class Gathering {
    private static final int MOST = 100_000;

    private final Consumer<Series> into;
    private Labels labels = Labels.NONE;
    private Samples.Builder samples = Samples.builder();
    private Histograms.Builder histograms = Histograms.builder();

    Gathering(Consumer<Series> into) {
        this.into = into;
    }

    void add(Labels series, Point point) {
        if (samples.size() + histograms.size() >= MOST) {
            flush();
        }
        labels = series;
        Histogram histogram = point.histogram();
        if (histogram == null) {
            samples.addBits(point.timestampMs(), point.bits());
        } else {
            histograms.add(point.timestampMs(), histogram);
        }
    }

    /// All of a part, which needs no gathering.
    void add(Series part) {
        flush();
        into.accept(part);
    }

    /// Hands over what was gathered; the next point may be of another series.
    void flush() {
        if (samples.size() + histograms.size() > 0) {
            into.accept(new Series(labels, samples.build(), histograms.build()));
            samples = Samples.builder();
            histograms = Histograms.builder();
        }
    }
}
