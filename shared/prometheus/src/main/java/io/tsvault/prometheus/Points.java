package io.tsvault.prometheus;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Sorter;
import io.tsvault.core.source.TooMuch;

import java.util.ArrayList;
import java.util.List;

/// The samples of one series as they come. Where time does not ascend another piece begins: to put
/// them together is the work of the [Sorter].
final class Points {
    /// Of one series: 64 MiB. A series of a window has a thousandth of it.
    private static final int MOST = 4 << 20;

    private final List<Samples> pieces = new ArrayList<>();
    private Samples.Builder open = Samples.builder();
    private long lastMs;
    private int size;

    void add(long timestampMs, long bits) {
        if (++size > MOST) {
            throw new TooMuch("a series of more than " + MOST + " samples");
        }
        if (open.size() > 0 && timestampMs <= lastMs) {
            pieces.add(open.build());
            open = Samples.builder();
        }
        open.addBits(timestampMs, bits);
        lastMs = timestampMs;
    }

    void giveTo(Sorter sorter, Labels labels) {
        if (open.size() > 0) {
            pieces.add(open.build());
        }
        pieces.forEach(piece -> sorter.add(new Series(labels, piece)));
    }
}
