package io.tsvault.core.chunk;

import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Function;

/// Merges sorted sources into one; what is equal becomes one too.
final class Merge<T> implements Iterator<T> {
    private final PriorityQueue<Head<T>> heads;
    private final Comparator<T> order;
    private final Function<List<T>, T> join;
    private final List<T> equal = new ArrayList<>();

    private static final class Head<T> {
        final Iterator<T> rest;
        final int source;
        T next;

        Head(Iterator<T> rest, int source) {
            this.rest = rest;
            this.source = source;
            this.next = rest.next();
        }
    }

    /// @param join makes one of what is equal, which comes in the order of its sources
    Merge(List<? extends Iterator<T>> sources, Comparator<T> order, Function<List<T>, T> join) {
        this.order = order;
        this.join = join;
        heads =
                new PriorityQueue<>(
                        Comparator.comparing((Head<T> head) -> head.next, order)
                                .thenComparingInt(head -> head.source));
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).hasNext()) {
                heads.add(new Head<>(sources.get(i), i));
            }
        }
    }

    /// Series by their labels; those with the same labels come from sources in time order.
    static Merge<Series> ofSeries(List<? extends Iterator<Series>> sources) {
        return new Merge<>(sources, Comparator.comparing(Series::labels), Merge::joined);
    }

    private static Series joined(List<Series> parts) {
        if (parts.size() > 1) {
            long held = parts.stream().mapToLong(Parts::held).sum();
            Parts.requireFew(parts.getFirst().labels(), held);
        }
        return Parts.joined(parts);
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public T next() {
        if (heads.isEmpty()) {
            throw new NoSuchElementException("nothing more");
        }
        equal.clear();
        equal.add(take());
        Head<T> head = heads.peek();
        while (head != null && order.compare(head.next, equal.getFirst()) == 0) {
            equal.add(take());
            head = heads.peek();
        }
        return join.apply(equal);
    }

    private T take() {
        Head<T> head = heads.remove();
        T first = head.next;
        if (head.rest.hasNext()) {
            head.next = head.rest.next();
            heads.add(head);
        }
        return first;
    }
}
