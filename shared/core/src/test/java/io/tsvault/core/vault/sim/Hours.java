package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What restores bring back: four slices of an hour, of three series. The second hour was amended,
/// half an hour after it was kept.
final class Hours {
    static final int COUNT = 4;

    /// After all was kept, and before the second hour was amended.
    static final Instant BEFORE_AMENDED =
            Instant.ofEpochMilli(Slices.ORIGIN_MS).plus(Duration.ofMinutes(24 * 60 + 30));

    static final List<Labels> SERIES =
            List.of(
                    Labels.of("__name__", "up", "job", "a"),
                    Labels.of("__name__", "up", "job", "b"),
                    Labels.of("__name__", "work", "job", "a"));

    private static final int AMENDED = 1;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long STEP_MS = Duration.ofMinutes(20).toMillis();
    private static final long ODD_NAN = 0x7ff80000_deadbeefL;

    /// Where a sample is.
    record Place(Labels labels, long ms) {}

    private Hours() {}

    static TimeRange hour(int number) {
        long startMs = Slices.ORIGIN_MS + (number * HOUR_MS);
        return new TimeRange(startMs, startMs + HOUR_MS);
    }

    /// What the backup has of an hour.
    static Map<Place, Long> samples(int number, boolean amended) {
        Map<Place, Long> samples = new HashMap<>();
        series(number, amended ? 2 : 1)
                .forEach(
                        one -> {
                            Samples values = one.samples();
                            for (int i = 0; i < values.size(); i++) {
                                samples.put(
                                        new Place(one.labels(), values.timestampMs(i)),
                                        values.valueBits(i));
                            }
                        });
        return samples;
    }

    /// What the backup has of an hour, as it was kept at first, or amended.
    static List<Series> series(int number, int revision) {
        List<Series> all = new ArrayList<>();
        for (Labels labels : SERIES) {
            Samples.Builder samples = Samples.builder();
            long offsetMs = SERIES.indexOf(labels);
            TimeRange hour = hour(number);
            for (long ms = hour.startMs() + offsetMs; ms < hour.endMs(); ms += STEP_MS) {
                double value = (ms - Slices.ORIGIN_MS) / 1000.0 + offsetMs;
                boolean changed = revision > 1 && number == AMENDED;
                samples.addBits(ms, Double.doubleToRawLongBits(changed ? -value : value));
            }
            all.add(new Series(labels, odd(samples.build(), number)));
        }
        return all;
    }

    /// The last hour ends in a marker, after a NaN that is not the usual one.
    private static Samples odd(Samples plain, int number) {
        if (number != COUNT - 1) {
            return plain;
        }
        Samples.Builder odd = Samples.builder();
        odd.addBits(plain.timestampMs(0), plain.valueBits(0));
        odd.addBits(plain.timestampMs(1), ODD_NAN);
        odd.addBits(plain.timestampMs(2), Samples.STALE_MARKER);
        return odd.build();
    }

    /// Makes the vault.
    static void keep(Actor me) {
        Vault.init(me.store(me.world().main()), me.surroundings());
        StreamLog log = me.log();
        for (int number = 0; number < COUNT; number++) {
            deposit(log, number, 1).commit(true, List.of(), Slices.CAPTURE);
        }
        me.world().passes(Duration.ofHours(1));
        deposit(log, AMENDED, 2).amend(1, Slices.CAPTURE);
        me.world().passes(Duration.ofHours(1));
    }

    private static Deposit deposit(StreamLog log, int number, int revision) {
        Deposit deposit = log.deposit(hour(number));
        ChunkWriter writer = new ChunkWriter(deposit::add);
        series(number, revision).forEach(writer::add);
        writer.close();
        return deposit;
    }
}
