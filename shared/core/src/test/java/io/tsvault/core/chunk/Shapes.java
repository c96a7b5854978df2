package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// Series as monitoring makes them, and as nobody makes them on purpose. The same seed gives the
/// same bits on every machine.
final class Shapes {
    static final long START_MS = 1_700_000_000_000L;
    static final long SCRAPE_MS = 15_000;

    private static final String[] BOUNDS = {"0.005", "0.05", "0.5", "5", "+Inf"};
    private static final long A_NAN = 0x7ff8000000000000L;

    private Shapes() {}

    /// The kinds of columns.
    enum Values {
        CONSTANT,
        COUNTER,
        GAUGE_WALK,
        DECIMALS,
        NEAR_DECIMALS,
        NOISE,
        SPARSE,
        NAN_ALTERNATING,
        STALE_GAPS,
        REPEATED,
        LARGE_INTEGERS,
        TINY,
        SPECIAL,
        ANY_BITS;

        /// The bits of `n` values.
        long[] bits(long seed, int n) {
            long[] bits = new long[n];
            fill(this, new Random((31 * seed) + name().hashCode()), bits);
            return bits;
        }
    }

    private static void fill(Values values, Random random, long[] into) {
        switch (values) {
            case CONSTANT -> Arrays.fill(into, raw(random.nextInt(100)));
            case COUNTER -> counter(random, into);
            case GAUGE_WALK -> gaugeWalk(random, into);
            case DECIMALS -> fill(into, () -> random.nextInt(100_000) / 1e3);
            case NEAR_DECIMALS -> sums(random, into);
            case NOISE -> fill(into, random::nextGaussian);
            case SPARSE -> fill(into, () -> random.nextInt(20) == 0 ? 1500 : 0);
            case NAN_ALTERNATING -> nanAlternating(random, into);
            case STALE_GAPS -> staleGaps(random, into);
            case REPEATED -> repeated(random, into);
            case LARGE_INTEGERS -> fill(into, () -> 0x1p53 + (random.nextInt(64) - 32));
            case TINY -> fill(into, () -> random.nextInt(9) * Double.MIN_VALUE);
            case SPECIAL -> special(random, into);
            case ANY_BITS -> Arrays.setAll(into, _ -> random.nextLong());
        }
    }

    /// Samples of a target that is scraped on time.
    static Samples samples(Values values, long seed, int n) {
        return Samples.of(timestamps(START_MS, n), values.bits(seed, n));
    }

    static long[] timestamps(long startMs, int n) {
        long[] timestamps = new long[n];
        Arrays.setAll(timestamps, i -> startMs + (SCRAPE_MS * i));
        return timestamps;
    }

    /// The bits of each value.
    static long[] bits(double... values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    /// The buckets of a classic histogram, in label order; each counts what the lower ones count.
    static List<Series> buckets(long seed, String instance, int n) {
        Random random = new Random(seed);
        long[][] counts = new long[BOUNDS.length][n];
        long[] totals = new long[BOUNDS.length];
        for (int i = 0; i < n; i++) {
            for (int seen = random.nextInt(50); seen > 0; seen--) {
                int least = Math.min(random.nextInt(BOUNDS.length), random.nextInt(BOUNDS.length));
                for (int bound = least; bound < BOUNDS.length; bound++) {
                    totals[bound]++;
                }
            }
            for (int bound = 0; bound < BOUNDS.length; bound++) {
                counts[bound][i] = raw((double) totals[bound]);
            }
        }
        List<Series> series = new ArrayList<>();
        for (int bound = 0; bound < BOUNDS.length; bound++) {
            Labels labels =
                    labels(
                            "request_seconds_bucket",
                            instance,
                            "le",
                            BOUNDS[bound],
                            "method",
                            "GET");
            series.add(new Series(labels, Samples.of(timestamps(START_MS, n), counts[bound])));
        }
        return sorted(series);
    }

    /// Series of every kind for each of `hosts`, in label order. Hosts are scraped together; every
    /// third came late, every fourth was away for a while.
    static List<Series> fleet(long seed, int hosts, int n) {
        List<Series> series = new ArrayList<>();
        for (int host = 0; host < hosts; host++) {
            String instance = "10.0.%d.%d:9100".formatted(host / 256, host % 256);
            long hostSeed = (1000 * seed) + host;
            for (Values values : Values.values()) {
                Samples whole = samples(values, hostSeed, n);
                Labels labels = labels(values.name().toLowerCase(Locale.ROOT), instance);
                series.add(new Series(labels, seen(whole, host)));
            }
            for (Series bucket : buckets(hostSeed, instance, n)) {
                series.add(new Series(bucket.labels(), seen(bucket.samples(), host)));
            }
        }
        return sorted(series);
    }

    private static Samples seen(Samples whole, int host) {
        int n = whole.size();
        if (n < 4) {
            return whole;
        }
        if (host % 3 == 2) {
            return whole.part(n / 3, n);
        }
        if (host % 4 != 3) {
            return whole;
        }
        Samples.Builder seen = Samples.builder();
        for (int i = 0; i < n; i++) {
            if (i < n / 4 || i > n / 2) {
                seen.addBits(whole.timestampMs(i), whole.valueBits(i));
            }
        }
        return seen.build();
    }

    private static Labels labels(String metric, String instance, String... more) {
        List<String> all = new ArrayList<>(List.of(Labels.METRIC_NAME, metric));
        all.addAll(List.of("instance", instance, "job", "node"));
        all.addAll(List.of(more));
        return Labels.of(all.toArray(String[]::new));
    }

    private static List<Series> sorted(List<Series> series) {
        return series.stream().sorted(Comparator.comparing(Series::labels)).toList();
    }

    private static long raw(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static void fill(long[] into, DoubleSupplier next) {
        Arrays.setAll(into, _ -> raw(next.getAsDouble()));
    }

    private static void counter(Random random, long[] into) {
        double total = random.nextInt(1_000_000);
        int reset = random.nextInt(4 * into.length);
        for (int i = 0; i < into.length; i++) {
            total = i == reset ? 0 : total + 1000 + random.nextInt(50);
            into[i] = raw(total);
        }
    }

    private static void gaugeWalk(Random random, long[] into) {
        int at = random.nextInt(1_000);
        for (int i = 0; i < into.length; i++) {
            at += random.nextInt(7) - 3;
            into[i] = raw(at);
        }
    }

    /// Seconds, to which hundredths are added until the sum is no decimal any more.
    private static void sums(Random random, long[] into) {
        double sum = 1000 + (random.nextInt(1000) / 100.0);
        for (int i = 0; i < into.length; i++) {
            for (int steps = random.nextInt(100); steps > 0; steps--) {
                sum += 0.01;
            }
            into[i] = raw(sum);
        }
    }

    private static void nanAlternating(Random random, long[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = i % 2 == 0 ? A_NAN : raw(random.nextInt(10));
        }
    }

    private static void staleGaps(Random random, long[] into) {
        gaugeWalk(random, into);
        for (int i = 0; i < into.length; i++) {
            if (i % 16 == 0) {
                into[i] = Samples.STALE_MARKER;
            }
        }
    }

    private static void repeated(Random random, long[] into) {
        long[] some = new long[4];
        Arrays.setAll(some, _ -> raw(random.nextGaussian()));
        Arrays.setAll(into, _ -> some[random.nextInt(some.length)]);
    }

    private static void special(Random random, long[] into) {
        long[] some = {
            raw(-0.0),
            raw(0.0),
            raw(Double.POSITIVE_INFINITY),
            raw(Double.NEGATIVE_INFINITY),
            A_NAN,
            A_NAN | 0x5ee,
            0xfff0000000000001L,
            Samples.STALE_MARKER,
            -1L,
            0x8000000000000001L,
            raw(Double.MIN_VALUE),
            raw(Double.MIN_NORMAL),
            raw(Double.MAX_VALUE),
            raw(1)
        };
        Arrays.setAll(into, _ -> some[random.nextInt(some.length)]);
    }
}
