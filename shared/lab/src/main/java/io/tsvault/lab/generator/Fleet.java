package io.tsvault.lab.generator;

import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;

import java.time.Duration;
import java.util.stream.Stream;

/// A fleet of targets and every sample that they show: a function of these four values alone.
/// Nothing is computed before it is asked for, and each call begins anew.
///
/// @param targets of ten, three are hosts, five applications, one a kubelet with twelve containers,
///     one a kube-state-metrics
public record Fleet(Recipe recipe, long seed, int targets, Schedule schedule) {
    /// As many as each network `10.x.0.0/16` has addresses of the form that the recipes give.
    private static final int MAX_TARGETS = 256 * 200;

    public Fleet {
        if (targets < 1 || targets > MAX_TARGETS) {
            throw new IllegalArgumentException(targets + " targets: give 1 to " + MAX_TARGETS);
        }
    }

    /// All series, each whole, in label order. While it runs it holds every scrape of every
    /// target and the samples of one series; for long fleets see [#windows].
    public Stream<Series> series() {
        return new Run(this, any -> true).whole();
    }

    /// Only the series that `selector` means, without making the samples of the others.
    public Stream<Series> series(Selector selector) {
        return new Run(this, series -> selector.matches(series.labels())).whole();
    }

    /// The same samples in time order: all series of one window, then all of the next. This is the
    /// order that a Prometheus without an out-of-order window needs, with windows of at most one
    /// hour. Holds the scrapes of one window per target. For one thread.
    ///
    /// The windows lie on a grid that begins with the schedule. A few samples may lie in a window
    /// before it, as some exporters' timestamps lag by up to 9 s, and in one behind its end, as a
    /// scrape may be late; windows without scrapes are left out.
    ///
    /// @param width whole milliseconds, at least one
    public Stream<Window> windows(Duration width) {
        if (width.toMillis() < 1 || !Schedule.isWholeMillis(width)) {
            throw new IllegalArgumentException(
                    "windows of " + width + ": give whole milliseconds, at least one");
        }
        return new Run(this, any -> true).windows(width);
    }
}
