package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

/// Reads the points of a vector, or of the rows of a matrix, without their labels.
///
/// @param points gets each, by its time and the bits of its value
record Vector(Point points) {
    interface Point {
        void take(long timestampMs, long bits);
    }

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
        walk.members(
                name -> {
                    switch (name) {
                        case "value" -> read(walk, points);
                        case "values" -> walk.items(() -> read(walk, points));
                        default -> walk.skip();
                    }
                });
    }

    /// Reads `[seconds, "value"]`.
    static void read(JsonWalk walk, Point point) {
        walk.require(JsonToken.START_ARRAY);
        walk.next();
        long ms = walk.millis();
        walk.next();
        walk.require(JsonToken.VALUE_STRING);
        long bits = walk.bits();
        walk.next();
        walk.require(JsonToken.END_ARRAY);
        point.take(ms, bits);
    }
}
