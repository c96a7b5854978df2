package io.tsvault.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Comparison.Result;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whatever parts the series come in: it finds what a look at each sample alone finds.
class ComparisonTest {
    private static final int SEEDS = 3_000;
    private static final double[] VALUES = {1, Math.nextUp(1.0), 2, Double.NaN};

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "15, true", "15, false"})
    void itFindsWhatALookAtEachSampleFinds(int digits, boolean staleMarkers) {
        Sameness sameness = new Sameness(digits, staleMarkers);
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            SortedMap<Labels, SortedMap<Long, Long>> ours = new TreeMap<>();
            SortedMap<Labels, SortedMap<Long, Long>> theirs = new TreeMap<>();
            for (int i = 0; i < 5; i++) {
                Labels labels = Labels.of("__name__", "m" + i);
                fill(random, labels, ours, theirs);
            }
            Found found = new Found();
            Result result =
                    Comparison.of(
                            parts(random, ours).iterator(),
                            parts(random, theirs).iterator(),
                            sameness,
                            new Findings(found.differences::add, found::lacks));
            Simple simple = new Simple(sameness);
            simple.compare(ours, theirs);
            assertThat(result).as("seed " + seed).isEqualTo(simple.result());
            assertThat(found.differences).as("seed " + seed).isEqualTo(simple.differences);
            assertThat(found.lacking).as("seed " + seed).isEqualTo(simple.lacking);
        }
    }

    private static void fill(
            Random random,
            Labels labels,
            SortedMap<Labels, SortedMap<Long, Long>> ours,
            SortedMap<Labels, SortedMap<Long, Long>> theirs) {
        int alike = random.nextInt(4);
        int many = random.nextInt(12);
        for (long t = 0; t < many; t++) {
            long bits = bits(random);
            if (alike != 1 && random.nextInt(8) > 0) {
                ours.computeIfAbsent(labels, _ -> new TreeMap<>()).put(t, bits);
            }
            if (alike != 2 && random.nextInt(8) > 0) {
                long other = random.nextInt(6) > 0 ? bits : bits(random);
                theirs.computeIfAbsent(labels, _ -> new TreeMap<>()).put(t, other);
            }
        }
    }

    private static long bits(Random random) {
        int which = random.nextInt(VALUES.length + 1);
        return which == VALUES.length
                ? Samples.STALE_MARKER
                : Double.doubleToRawLongBits(VALUES[which]);
    }

    private static List<Series> parts(
            Random random, SortedMap<Labels, SortedMap<Long, Long>> samples) {
        List<Series> parts = new ArrayList<>();
        samples.forEach(
                (labels, points) -> {
                    Samples.Builder part = Samples.builder();
                    for (Map.Entry<Long, Long> point : points.entrySet()) {
                        if (part.size() > 0 && random.nextInt(5) == 0) {
                            parts.add(new Series(labels, part.build()));
                            part = Samples.builder();
                        }
                        part.addBits(point.getKey(), point.getValue());
                    }
                    parts.add(new Series(labels, part.build()));
                });
        return parts;
    }

    /// What the comparison tells.
    private static final class Found {
        private final List<Difference> differences = new ArrayList<>();
        private final SortedMap<Labels, SortedMap<Long, Long>> lacking = new TreeMap<>();

        void lacks(Series series) {
            SortedMap<Long, Long> points =
                    lacking.computeIfAbsent(series.labels(), _ -> new TreeMap<>());
            Samples samples = series.samples();
            for (int i = 0; i < samples.size(); i++) {
                points.put(samples.timestampMs(i), samples.valueBits(i));
            }
        }
    }

    /// The same, one sample after the other.
    private static final class Simple {
        private final Sameness sameness;
        private final List<Difference> differences = new ArrayList<>();
        private final SortedMap<Labels, SortedMap<Long, Long>> lacking = new TreeMap<>();
        private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        private long equal;
        private long rounded;
        private long unkept;
        private boolean isNeighbour;

        Simple(Sameness sameness) {
            this.sameness = sameness;
        }

        void compare(
                SortedMap<Labels, SortedMap<Long, Long>> ours,
                SortedMap<Labels, SortedMap<Long, Long>> theirs) {
            NavigableSet<Labels> all = new TreeSet<>(ours.keySet());
            all.addAll(theirs.keySet());
            for (Labels labels : all) {
                SortedMap<Long, Long> mine = counted(ours.getOrDefault(labels, new TreeMap<>()));
                SortedMap<Long, Long> other = counted(theirs.getOrDefault(labels, new TreeMap<>()));
                ours.getOrDefault(labels, new TreeMap<>())
                        .values()
                        .forEach(bits -> unkept += sameness.isKept(bits) ? 0 : 1);
                NavigableSet<Long> times = new TreeSet<>(mine.keySet());
                times.addAll(other.keySet());
                isNeighbour = false;
                for (long time : times) {
                    point(labels, time, mine.get(time), other.get(time), !mine.isEmpty());
                }
            }
        }

        private SortedMap<Long, Long> counted(SortedMap<Long, Long> points) {
            SortedMap<Long, Long> counted = new TreeMap<>(points);
            counted.values().removeIf(bits -> !sameness.counts(bits));
            return counted;
        }

        private void point(
                Labels labels,
                long time,
                @Nullable Long mine,
                @Nullable Long other,
                boolean isKnown) {
            if (mine == null && other != null) {
                Kind kind = isKnown ? Kind.EXTRA : Kind.FOREIGN;
                differs(kind, labels, time, "", text(other));
            } else if (mine != null && other == null) {
                lacking.computeIfAbsent(labels, _ -> new TreeMap<>()).put(time, mine);
                differs(Kind.MISSING, labels, time, text(mine), "");
            } else if (mine != null && other != null) {
                switch (sameness.of(mine, other)) {
                    case EQUAL -> same(0);
                    case ROUNDED -> same(1);
                    case DIFFERENT -> differs(Kind.CHANGED, labels, time, text(mine), text(other));
                }
            }
        }

        private void same(int digitsLost) {
            equal++;
            rounded += digitsLost;
            isNeighbour = false;
        }

        private void differs(Kind kind, Labels labels, long time, String expected, String actual) {
            counts.merge(kind, 1L, Long::sum);
            Difference last = isNeighbour ? differences.getLast() : null;
            isNeighbour = true;
            if (last == null || last.kind() != kind) {
                differences.add(new Difference(kind, labels, time, time, 1, expected, actual));
                return;
            }
            differences.removeLast();
            differences.add(
                    new Difference(
                            kind,
                            labels,
                            last.firstMs(),
                            time,
                            last.samples() + 1,
                            last.expected(),
                            last.actual()));
        }

        private static String text(long bits) {
            return bits == Samples.STALE_MARKER
                    ? "stale"
                    : Double.toString(Double.longBitsToDouble(bits));
        }

        Result result() {
            return new Result(
                    equal,
                    rounded,
                    counts.getOrDefault(Kind.MISSING, 0L),
                    counts.getOrDefault(Kind.EXTRA, 0L),
                    counts.getOrDefault(Kind.FOREIGN, 0L),
                    counts.getOrDefault(Kind.CHANGED, 0L),
                    unkept,
                    0);
        }
    }
}
