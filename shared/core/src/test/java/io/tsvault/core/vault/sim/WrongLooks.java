package io.tsvault.core.vault.sim;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.sim.Hours.Place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Mistakes in looking at what a target has.
abstract class WrongLooks extends Detour {
    private WrongLooks(Target right) {
        super(right);
    }

    /// @param right what a look shows
    abstract List<Series> seen(Look right, TimeRange range);

    /// A look at the target as it is.
    interface Look {
        Reading open();

        /// All of it.
        default List<Series> all() {
            List<Series> all = new ArrayList<>();
            try (Reading reading = open()) {
                reading.forEachRemaining(all::add);
            }
            return all;
        }
    }

    @Override
    public Source readBack() {
        Source right = super.readBack();
        return new Relay() {
            @Override
            protected Source source() {
                return right;
            }

            @Override
            public Reading read(Mode mode, Selector selector, TimeRange range) {
                Look look = () -> right.read(mode, selector, range);
                return new MemorySource(seen(look, range)).read(mode, selector, range);
            }
        };
    }

    static final class Believing extends WrongLooks {
        private final List<Series> sent = new ArrayList<>();

        Believing(Target right) {
            super(right);
        }

        @Override
        public Outcome write(List<Series> batch) {
            sent.addAll(batch);
            return super.write(batch);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            return sent.isEmpty() ? right.all() : sent;
        }
    }

    static final class Once extends WrongLooks {
        private final Map<TimeRange, List<Series>> looks = new HashMap<>();

        Once(Target right) {
            super(right);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            return looks.computeIfAbsent(range, _ -> right.all());
        }
    }

    static final class Equal extends WrongLooks {
        Equal(Target right) {
            super(right);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            Map<Place, Long> expected = new HashMap<>();
            for (int number = 0; number < Hours.COUNT; number++) {
                expected.putAll(Hours.samples(number, true));
            }
            return right.all().stream().map(one -> equal(one, expected)).toList();
        }

        private static Series equal(Series there, Map<Place, Long> expected) {
            Labels labels = there.labels();
            Samples.Builder equal = Samples.builder();
            for (int i = 0; i < there.samples().size(); i++) {
                long ms = there.samples().timestampMs(i);
                long bits = there.samples().valueBits(i);
                equal.addBits(ms, expected.getOrDefault(new Place(labels, ms), bits));
            }
            return new Series(labels, equal.build());
        }
    }

    static final class BrokenOff extends WrongLooks {
        BrokenOff(Target right) {
            super(right);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            List<Series> some = new ArrayList<>();
            try (Reading reading = right.open()) {
                try {
                    reading.forEachRemaining(some::add);
                } catch (Transient _) {
                    return some;
                }
            }
            return some;
        }
    }

    static final class Failed extends WrongLooks {
        Failed(Target right) {
            super(right);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            try {
                return right.all();
            } catch (Transient _) {
                return List.of();
            }
        }
    }

    static final class Blind extends WrongLooks {
        Blind(Target right) {
            super(right);
        }

        @Override
        List<Series> seen(Look right, TimeRange range) {
            return List.of();
        }
    }
}
