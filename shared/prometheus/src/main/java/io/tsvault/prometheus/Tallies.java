package io.tsvault.prometheus;

import io.tsvault.core.series.Labels;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/// Reads one number for each series out of a vector.
///
/// @param metric whose series they are: its name is not in the answer
/// @param each gets each series with its number
record Tallies(String metric, ObjLongConsumer<Labels> each) {
    /// Reads the data that the walk has come to.
    void read(JsonWalk walk) {
        walk.members(
                name -> {
                    if (name.equals("result")) {
                        walk.items(() -> row(walk));
                    } else {
                        walk.skip();
                    }
                });
    }

    private void row(JsonWalk walk) {
        TreeMap<String, String> labels = new TreeMap<>();
        List<Double> values = new ArrayList<>(1);
        walk.members(
                name -> {
                    switch (name) {
                        case "metric" -> walk.members(label -> labels.put(label, walk.text()));
                        case "value" ->
                                Vector.read(
                                        walk,
                                        (_, bits) -> values.add(Double.longBitsToDouble(bits)));
                        default -> walk.skip();
                    }
                });
        labels.put(Labels.METRIC_NAME, metric);
        values.forEach(value -> each.accept(Labels.of(labels), (long) (double) value));
    }
}
