package io.tsvault.prometheus;

/// Two values at one time of one series.
final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long timestampMs;

    Conflict(long timestampMs) {
        super("two values at " + timestampMs);
        this.timestampMs = timestampMs;
    }

    long timestampMs() {
        return timestampMs;
    }
}
