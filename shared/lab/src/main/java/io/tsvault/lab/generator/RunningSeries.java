package io.tsvault.lab.generator;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

/// One series on its way through time. It holds the state of its signal, but no samples.
final class RunningSeries {
    private final Labels labels;
    private final Target target;
    private final Signal signal;
    private int position;
    private boolean isShown;
    private boolean isStale;

    RunningSeries(Labels labels, Target target, Signal signal) {
        this.labels = labels;
        this.target = target;
        this.signal = signal;
    }

    Labels labels() {
        return labels;
    }

    /// The samples of the scrapes that the target holds, as far as they were not taken before.
    Series next() {
        Samples.Builder samples = Samples.builder();
        for (Scrape scrape : target.scrapes()) {
            if (scrape.number() >= position) {
                take(scrape, samples);
                position = scrape.number() + 1;
            }
        }
        return new Series(labels, samples.build());
    }

    private void take(Scrape scrape, Samples.Builder samples) {
        int number = scrape.number();
        Target.Life life = target.life();
        if (number < life.to()) {
            double value = signal.at(scrape);
            if (number >= life.from()) {
                show(scrape, value, samples);
            }
        } else if (number == life.to()) {
            markStale(scrape, samples);
        }
    }

    private void show(Scrape scrape, double value, Samples.Builder samples) {
        if (!scrape.missed()) {
            samples.add(scrape.timestampMs(), value);
            isShown = true;
        } else if (!isStale) {
            markStale(scrape, samples);
        }
        isStale = scrape.missed();
    }

    private void markStale(Scrape scrape, Samples.Builder samples) {
        if (isShown) {
            samples.addBits(scrape.timestampMs(), Samples.STALE_MARKER);
        }
    }
}
