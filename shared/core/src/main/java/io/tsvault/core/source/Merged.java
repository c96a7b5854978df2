package io.tsvault.core.source;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/// One sorted list of several. A series that is in one of them only passes as it is, in parts if it
/// has some; pieces from several are joined.
final class Merged implements Iterator<Series> {
    /// Of one series, held to be joined: 16 MiB.
    private static final int MOST_JOINED = 1 << 20;

    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing(head -> head.next.labels()));
    private final Joint joint;

    /// A list with its first series, which is taken already.
    private static final class Head {
        final Iterator<Series> rest;
        Series next;

        Head(Iterator<Series> rest) {
            this.rest = rest;
            this.next = rest.next();
        }
    }

    Merged(List<? extends Iterator<Series>> sources, Joint joint) {
        this.joint = joint;
        for (Iterator<Series> source : sources) {
            if (source.hasNext()) {
                heads.add(new Head(source));
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public Series next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException("no more series");
        }
        Labels labels = head.next.labels();
        if (!comesNext(labels)) {
            return taken(head);
        }
        List<Series> same = new ArrayList<>();
        int size = takeAll(head, labels, same);
        while (comesNext(labels)) {
            size += takeAll(heads.remove(), labels, same);
            if (size > MOST_JOINED) {
                throw new TooMuch(labels + " has more than " + MOST_JOINED + " samples");
            }
        }
        return joint.of(same);
    }

    private boolean comesNext(Labels labels) {
        Head head = heads.peek();
        return head != null && head.next.labels().equals(labels);
    }

    private int takeAll(Head head, Labels labels, List<Series> into) {
        int size = 0;
        boolean more = true;
        while (more && head.next.labels().equals(labels)) {
            into.add(head.next);
            size += head.next.size();
            more = head.rest.hasNext();
            if (more) {
                head.next = head.rest.next();
            }
        }
        if (more) {
            heads.add(head);
        }
        return size;
    }

    private Series taken(Head head) {
        Series series = head.next;
        if (head.rest.hasNext()) {
            head.next = head.rest.next();
            heads.add(head);
        }
        return series;
    }
}
