package io.tsvault.core.export;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// About what an export will take, by what the newest quarter of an hour holds: as if it had always
/// been so. For a person who wonders whether to begin; the export itself goes by nothing of it.
///
/// @param from where the first slice begins that is due
/// @param slices that are due
/// @param mode how they are read
/// @param metrics there are now
/// @param series there are now
/// @param samplesPerSecond that come now
/// @param samples of all slices
/// @param requests to the source
/// @param rate samples of it that are read in a second
public record Forecast(
        Instant from,
        long slices,
        String mode,
        long metrics,
        long series,
        double samplesPerSecond,
        long samples,
        long requests,
        long rate) {
    /// What scrapes of usual exporters take in a vault, names and index included.
    public static final double BYTES_PER_SAMPLE = 0.6;

    /// What a source gives with ease; fewer when a stream is told to read no more.
    private static final long USUAL_RATE = 1_000_000;

    private static final long PROBE_MS = Duration.ofMinutes(15).toMillis();

    /// In a vault.
    public long bytes() {
        return (long) (samples * BYTES_PER_SAMPLE);
    }

    /// To read all of it.
    public Duration time() {
        return Duration.ofSeconds(Math.ceilDiv(samples, rate));
    }

    /// Asks the source, one query for each metric.
    ///
    /// @return none when nothing is due
    static Optional<Forecast> of(Line line, Due due) {
        return due.size() == 0 ? Optional.empty() : Optional.of(some(line, due));
    }

    private static Forecast some(Line line, Due due) {
        TimeRange span = due.span();
        long probeMs = Math.min(PROBE_MS, span.length().toMillis());
        Now now = Now.of(line, new TimeRange(span.endMs() - probeMs, span.endMs()));
        double perMs = (double) now.samples / probeMs;
        long samples = (long) (perMs * due.lengthMs());
        long rate = line.config().samplesPerSecond();
        return new Forecast(
                Instant.ofEpochMilli(span.startMs()),
                due.size(),
                line.mode().toString(),
                now.metrics,
                now.series,
                perMs * 1000,
                samples,
                requests(line, due, now.metrics),
                rate > 0 ? Math.min(rate, USUAL_RATE) : USUAL_RATE);
    }

    /// Windows are read one by one; a slice in twelve is counted, metric by metric, but for a grid.
    private static long requests(Line line, Due due, long metrics) {
        Way way = line.mode().way();
        long selectors = line.config().selectors().size();
        long each = way == Way.RAW || way == Way.QUERY_RANGE ? metrics : 1;
        long windows = Math.max(due.size(), Math.ceilDiv(due.lengthMs(), Source.WINDOW_MS));
        long counts = way == Way.QUERY_RANGE ? 0 : Math.ceilDiv(due.size(), 12) * metrics;
        return windows * selectors * each + counts;
    }

    /// What there is at the end.
    private record Now(long metrics, long series, long samples) {
        static Now of(Line line, TimeRange range) {
            Set<String> names = new TreeSet<>();
            long[] found = new long[2];
            for (Selector selector : line.config().selectors()) {
                for (String metric : line.source().metrics(selector, range)) {
                    line.source()
                            .countSeries(
                                    metric,
                                    selector,
                                    range,
                                    (_, samples) -> {
                                        names.add(metric);
                                        found[0]++;
                                        found[1] += read(line.mode(), range, samples);
                                    });
                }
            }
            return new Now(names.size(), found[0], found[1]);
        }

        /// Of a grid, a series has a value at each point, however often it was scraped.
        private static long read(Mode mode, TimeRange range, long samples) {
            return mode.way() == Way.QUERY_RANGE
                    ? Math.ceilDiv(range.length().toMillis(), mode.step().toMillis())
                    : samples;
        }
    }
}
