package io.tsvault.core.source;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

/// Sorts a million series of twenty samples each that come in two pieces and in no order.
final class MillionSeries {
    private static final long START_MS = 1_700_006_400_000L;
    private static final int SERIES = 1_000_000;

    /// Shares no factor with the number of series, and so visits each once.
    private static final long STRIDE = 618_033_989L;

    private MillionSeries() {}

    /// Prints how many came out, when all were in order.
    public static void main(String[] args) {
        TimeRange window = new TimeRange(START_MS, START_MS + Source.WINDOW_MS);
        try (Sorter sorter = new Sorter(window, Sorter.DEFAULT_HELD_BYTES)) {
            for (int piece = 1; piece >= 0; piece--) {
                for (long i = 0; i < SERIES; i++) {
                    sorter.add(piece((int) (i * STRIDE % SERIES), piece));
                }
            }
            count(sorter.sorted(Reading.Observed.NOTHING));
        }
    }

    private static void count(Reading reading) {
        int series = 0;
        long samples = 0;
        Labels before = Labels.NONE;
        while (reading.hasNext()) {
            Series next = reading.next();
            if (next.labels().compareTo(before) <= 0) {
                throw new IllegalStateException(next.labels() + " behind " + before);
            }
            before = next.labels();
            series++;
            samples += next.samples().size();
        }
        System.out.println(series + " series " + samples + " samples");
    }

    private static Series piece(int number, int piece) {
        Samples.Builder samples = Samples.builder();
        for (int i = 10 * piece; i < (10 * piece) + 10; i++) {
            samples.add(START_MS + (number % 7) + (i * 60_000L), number + i);
        }
        Labels labels =
                Labels.of(
                        "__name__", "metric_" + (number % 1000),
                        "instance", "host-" + (number / 1000) + ":9100",
                        "job", "node");
        return new Series(labels, samples.build());
    }
}
