package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Mistakes in reading.
final class WrongReadings {
    private WrongReadings() {}

    /// What came until it failed.
    private static List<Series> come(Reading reading) {
        List<Series> come = new ArrayList<>();
        try (reading) {
            reading.forEachRemaining(come::add);
        } catch (Transient _) {
            return come;
        }
        return come;
    }

    static final class BrokenOff extends Mistaken {
        BrokenOff(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            Reading reading = super.read(mode, selector, range);
            return reading.observed().warnings().isEmpty()
                    ? Reading.of(come(reading).iterator())
                    : reading;
        }
    }

    static final class Failed extends Mistaken {
        Failed(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            try {
                return super.read(mode, selector, range);
            } catch (Transient _) {
                return Reading.of(List.<Series>of().iterator());
            }
        }
    }

    static final class TooMuchLeftOut extends Mistaken {
        TooMuchLeftOut(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            try {
                return super.read(mode, selector, range);
            } catch (TooMuch _) {
                return Reading.of(List.<Series>of().iterator());
            }
        }
    }

    static final class Unwarned extends Mistaken {
        Unwarned(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            Reading reading = super.read(mode, selector, range);
            return new Reading() {
                @Override
                public boolean hasNext() {
                    return reading.hasNext();
                }

                @Override
                public Series next() {
                    return reading.next();
                }

                @Override
                public Observed observed() {
                    return Observed.NOTHING;
                }

                @Override
                public void close() {
                    reading.close();
                }
            };
        }
    }

    static final class FirstWindow extends Mistaken {
        FirstWindow(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            long sliceMs = Chronicle.slice(1).startMs() - Chronicle.slice(0).startMs();
            return Math.floorMod(range.startMs(), sliceMs) < Source.WINDOW_MS
                    ? super.read(mode, selector, range)
                    : Reading.of(List.<Series>of().iterator());
        }
    }

    /// As servers of an old version and a new one differ.
    static final class LeftOpen extends Mistaken {
        LeftOpen(Source source) {
            super(source);
        }

        @Override
        public Reading read(Mode mode, Selector selector, TimeRange range) {
            return super.read(mode, selector, new TimeRange(range.startMs() + 1, range.endMs()));
        }
    }

    static final class Uncounted extends Mistaken {
        Uncounted(Source source) {
            super(source);
        }

        @Override
        public SortedMap<String, Long> count(Selector selector, TimeRange range) {
            try {
                return super.count(selector, range);
            } catch (Transient _) {
                return new TreeMap<>();
            }
        }
    }

    static final class OfOursOnly extends Mistaken {
        OfOursOnly(Source source) {
            super(source);
        }

        @Override
        public List<String> values(String label, Selector selector, TimeRange range) {
            return super.values(label, selector, range).stream()
                    .filter(value -> !value.equals("other"))
                    .toList();
        }
    }
}
