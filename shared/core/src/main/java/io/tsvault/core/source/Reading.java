package io.tsvault.core.source;

import io.tsvault.core.series.Series;

import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Series as they come from a source: in label order, with the samples of one range. A long series
/// may come in several parts, one behind the other. It must be closed; only after the last series
/// is it certain that it was whole, and [#observed] complete.
public interface Reading extends Iterator<Series>, AutoCloseable {
    /// What was seen on the way.
    Observed observed();

    /// Series that are in order already, and of which there is nothing to tell.
    static Reading of(Iterator<Series> series) {
        return of(series, () -> {});
    }

    /// The same, with what is to be done in the end.
    static Reading of(Iterator<Series> series, Runnable end) {
        return new Reading() {
            @Override
            public boolean hasNext() {
                return series.hasNext();
            }

            @Override
            public Series next() {
                return series.next();
            }

            @Override
            public Observed observed() {
                return Observed.NOTHING;
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }

    /// The same series, of which something else is to be told.
    static Reading of(Reading right, UnaryOperator<Observed> told) {
        return new Reading() {
            @Override
            public boolean hasNext() {
                return right.hasNext();
            }

            @Override
            public Series next() {
                return right.next();
            }

            @Override
            public Observed observed() {
                return told.apply(right.observed());
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }

    @Override
    void close();

    /// What was seen on the way.
    ///
    /// @param duplicates samples that came twice with the same value, and were taken once
    /// @param outside samples that were not asked for, and were left out
    /// @param lost samples that are there and that this way cannot carry: native histograms
    /// @param warnings by which the server says that the answer may not be whole
    record Observed(long duplicates, long outside, long lost, List<String> warnings) {
        /// Nothing to tell.
        public static final Observed NOTHING = new Observed(0, 0, List.of());

        /// Of a way that loses no samples.
        public Observed(long duplicates, long outside, List<String> warnings) {
            this(duplicates, outside, 0, warnings);
        }

        /// Copies the list.
        public Observed {
            warnings = List.copyOf(warnings);
        }

        /// Both together; what is said twice is told once.
        public Observed plus(Observed other) {
            return new Observed(
                    duplicates + other.duplicates,
                    outside + other.outside,
                    lost + other.lost,
                    Stream.concat(warnings.stream(), other.warnings.stream()).distinct().toList());
        }
    }
}
