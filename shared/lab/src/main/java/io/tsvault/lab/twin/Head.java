package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every series that the twin holds, and how far time has come. For one thread.
final class Head {
    private final TwinOptions options;
    private final Map<Labels, HeadSeries> series = new LinkedHashMap<>();
    private long minTimeMs = Long.MAX_VALUE;
    private long maxTimeMs = Long.MIN_VALUE;
    private long minLateMs = Long.MAX_VALUE;
    private long maxLateMs = Long.MIN_VALUE;

    Head(TwinOptions options) {
        this.options = options;
    }

    long minTimeMs() {
        return minTimeMs;
    }

    long maxTimeMs() {
        return maxTimeMs;
    }

    /// All series ever named, even if no sample of theirs was kept.
    Collection<HeadSeries> series() {
        return series.values();
    }

    Appender appender() {
        return new Appender(this, options);
    }

    /// What may be appended now. An empty head takes the first timestamp as its time, even when the
    /// sample is then refused.
    Window window(long firstMs) {
        if (minTimeMs == Long.MAX_VALUE) {
            minTimeMs = firstMs;
            maxTimeMs = firstMs;
        }
        return Window.behind(maxTimeMs, options.outOfOrder());
    }

    HeadSeries named(Labels labels) {
        return series.computeIfAbsent(labels, l -> new HeadSeries(l, options.generation()));
    }

    void grew(long timestampMs, boolean isLate) {
        if (isLate) {
            minLateMs = Math.min(minLateMs, timestampMs);
            maxLateMs = Math.max(maxLateMs, timestampMs);
        } else {
            minTimeMs = Math.min(minTimeMs, timestampMs);
            maxTimeMs = Math.max(maxTimeMs, timestampMs);
        }
    }

    /// Does the range, both ends included, touch what the head may hold?
    boolean touches(long fromMs, long toMs) {
        return (fromMs <= maxTimeMs && minTimeMs <= toMs) || touchesLate(fromMs, toMs);
    }

    private boolean touchesLate(long fromMs, long toMs) {
        return minLateMs <= maxLateMs && fromMs <= maxLateMs && minLateMs <= toMs;
    }

    /// The series that reach into the range, both ends included, sorted by labels. A series may
    /// have no points in it.
    List<Selected> sorted(Selector selector, long fromMs, long toMs) {
        return select(selector, fromMs, toMs).stream()
                .sorted(Comparator.comparing(Selected::labels))
                .toList();
    }

    /// As [#sorted], in the order in which the server finds them: by creation, except that 2.42
    /// always sorts, and 2.53 when it has to merge late samples.
    List<Selected> unsorted(Selector selector, long fromMs, long toMs) {
        boolean sorts =
                switch (options.generation()) {
                    case V2_42 -> true;
                    case V2_53 -> touchesLate(fromMs, toMs);
                    case V3_5 -> false;
                };
        return sorts ? sorted(selector, fromMs, toMs) : select(selector, fromMs, toMs);
    }

    private List<Selected> select(Selector selector, long fromMs, long toMs) {
        List<Selected> selected = new ArrayList<>();
        for (HeadSeries one : series.values()) {
            if (selector.matches(one.labels()) && one.touches(fromMs, toMs)) {
                selected.add(new Selected(one.labels(), List.copyOf(one.read(fromMs, toMs))));
            }
        }
        return selected;
    }

    /// Deletes as the server does: nothing beyond the time of samples in order.
    void delete(Selector selector, long fromMs, long toMs) {
        for (HeadSeries one : series.values()) {
            if (selector.matches(one.labels())) {
                one.delete(Math.max(fromMs, minTimeMs), Math.min(toMs, maxTimeMs));
            }
        }
    }
}
