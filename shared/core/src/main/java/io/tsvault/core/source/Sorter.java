package io.tsvault.core.source;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading.Observed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/// Brings an answer into order: pieces of series go in as they come, a [Reading] comes out.
///
/// ```text
/// pieces -> held, until they are too many -> run ┐
///                                            run ┼-> merged -> Reading
///                                           held ┘
/// ```
///
/// It holds so many bytes of pieces and, while it merges, a row group of each of at most sixteen
/// runs. Runs are chunks in files that have no name: they are gone with this sorter, or with its
/// process, however it ends. A sorter must be closed; closing its reading does that too. For one
/// thread.
public final class Sorter implements AutoCloseable {
    /// A quarter of the memory of a small function.
    public static final long DEFAULT_HELD_BYTES = 24 << 20;

    /// Half as many values as a row group of a chunk may join to one series.
    private static final int MOST_VALUES = 1 << 20;

    private static final int MOST_RUNS = 16;
    private static final Comparator<Series> BY_LABELS = Comparator.comparing(Series::labels);

    private final TimeRange range;
    private final long heldBytes;
    private final Joint joint = new Joint();
    private final List<Series> held = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private long bytes;
    private long values;
    private long outside;

    /// @param range which samples are wanted; others are counted and left out
    /// @param heldBytes how much is kept in memory, about
    /// @throws IllegalArgumentException when the range reaches over the edge of a window of chunks
    public Sorter(TimeRange range, long heldBytes) {
        Source.requireOneWindow(range);
        this.range = range;
        this.heldBytes = heldBytes;
    }

    /// Takes a piece of a series, in whatever order they come.
    ///
    /// @throws TooMuch when there is no room for it, in memory or in a file
    /// @throws Permanent when two pieces have different values for one instant
    public void add(Series piece) {
        Series wanted =
                new Series(
                        piece.labels(),
                        piece.samples().within(range),
                        piece.histograms().within(range));
        outside += piece.size() - wanted.size();
        if (wanted.size() == 0) {
            return;
        }
        held.add(wanted);
        values += wanted.size();
        bytes += Joint.bytes(wanted);
        if (bytes > heldBytes || values > MOST_VALUES) {
            spill();
        }
    }

    /// Everything that was taken, in order. No more can be added.
    ///
    /// @param before what else was seen on the way
    public Reading sorted(Observed before) {
        Iterator<Series> merged = merged();
        return new Reading() {
            @Override
            public boolean hasNext() {
                return merged.hasNext();
            }

            @Override
            public Series next() {
                return merged.next();
            }

            @Override
            public Observed observed() {
                return new Observed(
                        before.duplicates() + joint.duplicates(),
                        before.outside() + outside,
                        before.lost(),
                        before.warnings());
            }

            @Override
            public void close() {
                Sorter.this.close();
            }
        };
    }

    private Iterator<Series> merged() {
        List<Iterator<Series>> sources = new ArrayList<>(runs);
        sources.add(heldSorted());
        return sources.size() == 1 ? sources.getFirst() : new Merged(sources, joint);
    }

    private Iterator<Series> heldSorted() {
        held.sort(BY_LABELS);
        return new Grouped(held.iterator(), joint);
    }

    private void spill() {
        try {
            if (runs.size() == MOST_RUNS) {
                Run one = Run.of(new Merged(runs, joint));
                runs.forEach(Run::close);
                runs.clear();
                runs.add(one);
            }
            runs.add(Run.of(heldSorted()));
        } catch (IOException e) {
            throw new TooMuch(
                    "no room to sort more than "
                            + heldBytes
                            + " bytes: ask for less, or give more room in "
                            + System.getProperty("java.io.tmpdir"),
                    e);
        }
        held.clear();
        bytes = 0;
        values = 0;
    }

    @Override
    public void close() {
        runs.forEach(Run::close);
        runs.clear();
        held.clear();
    }
}
