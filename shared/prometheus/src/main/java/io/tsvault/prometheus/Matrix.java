package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.series.Labels;
import io.tsvault.core.source.Sorter;

import java.util.ArrayList;
import java.util.List;

/// Reads series out of the data of a query, one at a time:
///
/// ```text
/// {"resultType": "matrix", "result": [{"metric": {"__name__": "up"}, "values": [[60, "1"]]}]}
/// ```
///
/// Native histograms have no schema here and cannot be had back from it: they are counted. One
/// matrix is for one thread; several may share a sorter.
final class Matrix {
    private final Sorter sorter;
    private final long ignoredMs;
    private long lost;

    /// @param ignoredMs an instant that had to be asked for and is not wanted
    Matrix(Sorter sorter, long ignoredMs) {
        this.sorter = sorter;
        this.ignoredMs = ignoredMs;
    }

    /// How many histograms there were.
    long lost() {
        return lost;
    }

    /// Reads the data that the walk has come to.
    void read(JsonWalk walk) {
        walk.members(
                name -> {
                    if (name.equals("result")) {
                        walk.items(() -> series(walk));
                    } else {
                        walk.skip();
                    }
                });
    }

    private void series(JsonWalk walk) {
        List<Labels> labels = new ArrayList<>(1);
        Points points = new Points();
        walk.members(
                name -> {
                    switch (name) {
                        case "metric" -> labels.add(labels(walk));
                        case "values" -> walk.items(() -> point(walk, points));
                        case "value" -> point(walk, points);
                        case "histograms" -> walk.items(() -> histogram(walk));
                        case "histogram" -> histogram(walk);
                        default -> walk.skip();
                    }
                });
        synchronized (sorter) {
            points.giveTo(sorter, labels.isEmpty() ? Labels.NONE : labels.getFirst());
        }
    }

    /// Labels without a value are no labels.
    static Labels labels(JsonWalk walk) {
        List<String> strings = new ArrayList<>();
        walk.members(
                name -> {
                    if (name.isEmpty()) {
                        throw walk.broken("a label without a name");
                    }
                    String value = walk.text();
                    if (!value.isEmpty()) {
                        strings.add(name);
                        strings.add(value);
                    }
                });
        return Labels.of(strings.toArray(String[]::new));
    }

    private void point(JsonWalk walk, Points points) {
        Vector.read(
                walk,
                (ms, bits) -> {
                    if (ms != ignoredMs) {
                        points.add(ms, bits);
                    }
                });
    }

    private void histogram(JsonWalk walk) {
        walk.require(JsonToken.START_ARRAY);
        walk.next();
        if (walk.millis() != ignoredMs) {
            lost++;
        }
        walk.next();
        walk.skip();
        walk.next();
        walk.require(JsonToken.END_ARRAY);
    }
}
