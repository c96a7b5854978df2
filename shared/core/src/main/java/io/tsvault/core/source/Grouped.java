package io.tsvault.core.source;

import io.tsvault.core.series.Series;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Whole series of pieces that come in label order.
final class Grouped implements Iterator<Series> {
    private final Iterator<Series> pieces;
    private final Joint joint;
    private @Nullable Series next;

    Grouped(Iterator<Series> pieces, Joint joint) {
        this.pieces = pieces;
        this.joint = joint;
        next = following();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Series next() {
        Series first = next;
        if (first == null) {
            throw new NoSuchElementException("no more series");
        }
        next = following();
        if (next == null || !next.labels().equals(first.labels())) {
            return first;
        }
        List<Series> same = new ArrayList<>(List.of(first));
        while (next != null && next.labels().equals(first.labels())) {
            same.add(next);
            next = following();
        }
        return joint.of(same);
    }

    private @Nullable Series following() {
        return pieces.hasNext() ? pieces.next() : null;
    }
}
