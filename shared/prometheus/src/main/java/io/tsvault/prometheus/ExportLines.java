package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.source.Sorter;
import io.tsvault.core.source.TooMuch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads what VictoriaMetrics exports: in no order, and a series on as many lines as it likes.
///
/// ```text
/// {"metric": {"__name__": "up"}, "values": [1, null], "timestamps": [60000, 75000]}
/// ```
///
/// `null` is a stale marker: that server keeps no other NaN. An answer that was cut between two
/// lines looks whole; a count by another way tells.
final class ExportLines {
    private final Sorter sorter;

    ExportLines(Sorter sorter) {
        this.sorter = sorter;
    }

    /// Reads all lines.
    void read(JsonWalk walk) {
        while (walk.next() != null) {
            line(walk);
        }
    }

    private void line(JsonWalk walk) {
        List<Labels> labels = new ArrayList<>(1);
        Column values = new Column();
        Column timestamps = new Column();
        walk.members(
                name -> {
                    switch (name) {
                        case "metric" -> labels.add(Matrix.labels(walk));
                        case "values" -> walk.items(() -> values.add(value(walk)));
                        case "timestamps" -> walk.items(() -> timestamps.add(walk.whole()));
                        default -> walk.skip();
                    }
                });
        if (values.size != timestamps.size) {
            throw walk.broken(values.size + " values for " + timestamps.size + " timestamps");
        }
        Points points = new Points();
        for (int i = 0; i < values.size; i++) {
            points.add(timestamps.numbers[i], values.numbers[i]);
        }
        points.giveTo(sorter, labels.isEmpty() ? Labels.NONE : labels.getFirst());
    }

    private static long value(JsonWalk walk) {
        return walk.is(JsonToken.VALUE_NULL) ? Samples.STALE_MARKER : walk.bits();
    }

    /// Numbers that come one behind the other.
    private static final class Column {
        /// On one line: 32 MiB.
        private static final int MOST = 4 << 20;

        private long[] numbers = new long[256];
        private int size;

        void add(long number) {
            if (size == MOST) {
                throw new TooMuch("a line of more than " + MOST + " samples");
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }
    }
}
