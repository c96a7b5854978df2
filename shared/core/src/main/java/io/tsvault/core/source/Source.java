package io.tsvault.core.source;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ObjLongConsumer;

/// A server that series are read from. Every call asks it anew, and throws
/// [io.tsvault.core.failure.Transient] when the same call may work later,
/// [io.tsvault.core.failure.Permanent] when a person has to change something first, and [TooMuch]
/// when it may work for less. For one thread; what it gave must be closed before it is asked again.
public interface Source extends AutoCloseable {
    /// Windows of chunks begin at multiples of this.
    long WINDOW_MS = Duration.ofHours(2).toMillis();

    /// Who it is, and what can be had from it.
    Abilities probe();

    /// Reads all samples of these series in this range.
    ///
    /// @param range within one window of chunks: from one multiple of two hours to the next
    /// @throws IllegalArgumentException when it reaches over the edge of a window
    Reading read(Mode mode, Selector selector, TimeRange range);

    /// How many samples there are of each metric, not counted those that only say that a series has
    /// ended. Asked in another way than [#read], and costs the server more.
    ///
    /// @param range of two milliseconds or more: shorter ones not every server can count
    SortedMap<String, Long> count(Selector selector, TimeRange range);

    /// How many samples each series of one metric has, in no order; counted as [#count] does.
    ///
    /// @param metric its name; the selector may say more
    void countSeries(
            String metric, Selector selector, TimeRange range, ObjLongConsumer<Labels> each);

    /// The names of the labels that these series have there, and perhaps of others that had some at
    /// another time: an index knows names better than times.
    List<String> labels(Selector selector, TimeRange range);

    /// The values that a label of these series has there, and perhaps others, for the same reason.
    List<String> values(String label, Selector selector, TimeRange range);

    /// The names of the metrics there: the values of the label that is the name.
    default List<String> metrics(Selector selector, TimeRange range) {
        return values(Labels.METRIC_NAME, selector, range);
    }

    /// When the history of these series begins, to the hour or better; none when there is none.
    Optional<Instant> oldest(Selector selector);

    /// What is known of the metrics now; none where the server does not tell.
    List<Metadata> metadata();

    @Override
    void close();

    /// Refuses a range that cannot be read at once: chunks are written window by window, and what
    /// is out of order is sorted within one.
    static void requireOneWindow(TimeRange range) {
        long window = Math.floorDiv(range.startMs(), WINDOW_MS);
        if (Math.floorDiv(range.endMs() - 1, WINDOW_MS) != window) {
            throw new IllegalArgumentException(
                    range + " reaches over the edge of a window of two hours: read each by itself");
        }
    }
}
