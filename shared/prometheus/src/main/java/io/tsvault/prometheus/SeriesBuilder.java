package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.time.Instant;
import java.util.Optional;

/// Puts one series together from what comes of it: samples outside the range are left out, chunks
/// that overlap are merged, and what comes twice is taken once. For one thread.
final class SeriesBuilder {
    /// A day of one sample per second is 86,400.
    private static final int MOST_SAMPLES = 500_000;

    private static final int MOST_CELLS = 4_000_000;

    private final String place;
    private final FloatColumn floats;
    private final HistogramColumn histograms;
    private Labels labels = Labels.NONE;
    private long givenBeforeMs = Long.MIN_VALUE;

    SeriesBuilder(TimeRange range, Tally tally, String place) {
        this.place = place;
        this.floats = new FloatColumn(range, tally);
        this.histograms = new HistogramColumn(range, tally);
    }

    /// Forgets everything and begins another series.
    void begin(Labels next) {
        labels = next;
        givenBeforeMs = Long.MIN_VALUE;
        floats.clear();
        histograms.clear();
    }

    /// Where it all comes from, for messages.
    String place() {
        return place;
    }

    /// What the server holds breaks a rule that every series keeps.
    Permanent noSeries(IllegalArgumentException e) {
        return new Permanent(place + ": the server holds what is no series: " + e.getMessage(), e);
    }

    Labels labels() {
        return labels;
    }

    FloatColumn floats() {
        return floats;
    }

    HistogramColumn histograms() {
        return histograms;
    }

    /// Is there so much that a part of it should go?
    boolean isLong() {
        return floats.size() > MOST_SAMPLES || histograms.cells() > MOST_CELLS;
    }

    /// Takes out what lies before a chunk that begins then: chunks come in the order in which they
    /// begin.
    Optional<Series> before(long startMs) {
        settle();
        Optional<Series> part = series(floats.takeBefore(startMs), histograms.takeBefore(startMs));
        givenBeforeMs = Math.max(givenBeforeMs, startMs);
        return part;
    }

    /// Takes out everything that is left.
    Optional<Series> rest() {
        settle();
        return series(floats.takeAll(), histograms.takeAll());
    }

    private void settle() {
        try {
            floats.settle();
            histograms.settle();
        } catch (Conflict e) {
            throw new Permanent(
                    "%s: %s has two values at %s; read each replica as a stream of its own"
                            .formatted(place, labels, Instant.ofEpochMilli(e.timestampMs())),
                    e);
        }
    }

    private Optional<Series> series(Samples samples, Histograms hists) {
        if (samples.size() == 0 && hists.size() == 0) {
            return Optional.empty();
        }
        requireNewer(samples.size() == 0 ? Long.MAX_VALUE : samples.timestampMs(0));
        requireNewer(hists.size() == 0 ? Long.MAX_VALUE : hists.timestampMs(0));
        try {
            return Optional.of(new Series(labels, samples, hists));
        } catch (IllegalArgumentException e) {
            throw noSeries(e);
        }
    }

    private void requireNewer(long firstMs) {
        if (firstMs < givenBeforeMs) {
            throw new Permanent(
                    "%s: the chunks of %s are not in the order in which they begin"
                            .formatted(place, labels));
        }
    }
}
