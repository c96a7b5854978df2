package io.tsvault.prometheus;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a server was given in six hours: some fifty series, each with something that is easily lost
/// on the way.
///
/// @param selector that means them
/// @param series in no order
record SixHours(String selector, List<Series> series) {
    static final long START_MS = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    static final TimeRange RANGE =
            new TimeRange(START_MS, START_MS + Duration.ofHours(6).toMillis());

    private static final Optional<String> STEADY = Optional.of("steady");
    private static final long STEP_MS = 30_000;
    private static final int SCRAPES = (int) (RANGE.length().toMillis() / STEP_MS);
    private static final int SCRAPES_OF_A_SLICE = 30;
    private static final long[] PLAIN = {
        Double.doubleToRawLongBits(1),
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(0.25),
        Double.doubleToRawLongBits(-7),
    };

    /// With values of any bits.
    static SixHours ofAnyBits() {
        SixHours all = ofPlainValues();
        Samples odd = Odd.samples(0);
        long[] bits = new long[odd.size()];
        odd.copyValueBits(bits, 0);
        all.series.add(cycle("bits", bits, 0));
        return all;
    }

    /// With values that every server keeps.
    static SixHours ofPlainValues() {
        SixHours all = new SixHours("{__name__=~\".+\"}", new ArrayList<>());
        for (int i = 0; i < 20; i++) {
            all.addSteady(i);
        }
        for (int i = 0; i < 3; i++) {
            all.addResets(i);
        }
        for (int i = 0; i < 24; i++) {
            all.addChurn(i);
        }
        all.series.add(cycle("special", PLAIN, 11));
        return all;
    }

    private void addSteady(int number) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < SCRAPES; i++) {
            samples.add(at(i) + number, (i * (number + 1) % 97) / 4.0);
        }
        Labels labels = Labels.of("__name__", STEADY.orElseThrow(), "i", "" + number);
        series.add(new Series(labels, samples.build()));
    }

    /// A counter that begins anew with every slice of a quarter of an hour.
    private void addResets(int number) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < SCRAPES; i++) {
            samples.add(at(i), (double) (i % SCRAPES_OF_A_SLICE * (number + 1)));
        }
        Labels labels = Labels.of("__name__", "resets_total", "i", "" + number);
        series.add(new Series(labels, samples.build()));
    }

    /// One of many that come and go, and say so when they go.
    private void addChurn(int number) {
        Samples.Builder samples = Samples.builder();
        int first = number * SCRAPES / 30;
        for (int i = first; i < first + 100; i++) {
            samples.add(at(i) + 7, i);
        }
        samples.addBits(at(first + 100) + 7, Samples.STALE_MARKER);
        Labels labels = Labels.of("__name__", "churn", "pod", "p" + number);
        series.add(new Series(labels, samples.build()));
    }

    private static Series cycle(String metric, long[] bits, int behindMs) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < SCRAPES; i++) {
            samples.addBits(at(i) + behindMs, bits[i % bits.length]);
        }
        return new Series(Labels.of("__name__", metric), samples.build());
    }

    private static long at(int scrape) {
        return START_MS + (scrape * STEP_MS);
    }

    /// Those whose values come without a break: servers do not agree on where a series that has
    /// ended is still seen on a grid.
    SixHours steady() {
        List<Series> steady =
                series.stream()
                        .filter(one -> one.labels().get(Labels.METRIC_NAME).equals(STEADY))
                        .toList();
        return new SixHours("steady", steady);
    }

    /// Sends it in the order in which it happened, half an hour at once.
    void sendTo(URI server) {
        long half = Duration.ofMinutes(30).toMillis();
        for (long ms = START_MS; ms < RANGE.endMs(); ms += half) {
            TimeRange part = new TimeRange(ms, ms + half);
            List<Series> now =
                    series.stream()
                            .map(one -> new Series(one.labels(), one.samples().within(part)))
                            .filter(one -> one.samples().size() > 0)
                            .toList();
            Writing.to(server).send(now);
        }
    }
}
