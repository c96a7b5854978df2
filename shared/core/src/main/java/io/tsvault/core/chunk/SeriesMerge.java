package io.tsvault.core.chunk;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// Merges series that come in label order from several places, the earlier in time first; the parts
/// of one series become one.
final class SeriesMerge implements Iterator<Series> {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(
                    Comparator.comparing((Head head) -> head.next.labels())
                            .thenComparingInt(head -> head.number));

    private final List<Series> parts = new ArrayList<>();

    private static final class Head {
        final Iterator<Series> rest;
        final int number;
        Series next;

        Head(Iterator<Series> rest, int number) {
            this.rest = rest;
            this.number = number;
            this.next = rest.next();
        }
    }

    /// @param sources in time order
    SeriesMerge(List<Iterator<Series>> sources) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).hasNext()) {
                heads.add(new Head(sources.get(i), i));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public Series next() {
        if (heads.isEmpty()) {
            throw new NoSuchElementException("no more series");
        }
        parts.clear();
        parts.add(take());
        Labels labels = parts.getFirst().labels();
        Head head = heads.peek();
        while (head != null && head.next.labels().equals(labels)) {
            parts.add(take());
            head = heads.peek();
        }
        return Parts.joined(parts);
    }

    private Series take() {
        Head head = heads.remove();
        Series series = head.next;
        if (head.rest.hasNext()) {
            head.next = head.rest.next();
            heads.add(head);
        }
        return series;
    }
}
