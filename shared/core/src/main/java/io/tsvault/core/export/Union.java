package io.tsvault.core.export;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Reading.Observed;
import io.tsvault.core.source.Sorter;

import java.util.Iterator;
import java.util.function.Consumer;

/// One window as the source has it now, with the samples that were kept of it and that the source
/// has forgotten since. Where both have a value, that of the source counts.
///
/// @param kept of the slice
record Union(Kept kept, TimeRange window) {
    /// Reads both into what is captured; only what the source has is counted.
    Observed read(Reading now, Captured into) {
        try (Sorter sorter = new Sorter(window, Sorter.DEFAULT_HELD_BYTES)) {
            Consumer<Series> present =
                    series -> {
                        into.count(series);
                        sorter.add(series);
                    };
            Consumer<Series> lacking =
                    series -> {
                        into.forgotten(series);
                        sorter.add(series);
                    };
            Comparison.of(
                    kept.series(window),
                    new Told(now, present),
                    Sameness.EXACT,
                    new Findings(_ -> {}, lacking));
            Reading all = sorter.sorted(now.observed());
            all.forEachRemaining(into::keep);
            return all.observed();
        }
    }

    /// Tells of each series that is taken.
    private record Told(Iterator<Series> series, Consumer<Series> to) implements Iterator<Series> {
        @Override
        public boolean hasNext() {
            return series.hasNext();
        }

        @Override
        public Series next() {
            Series next = series.next();
            to.accept(next);
            return next;
        }
    }
}
