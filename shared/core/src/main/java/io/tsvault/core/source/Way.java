package io.tsvault.core.source;

import java.util.List;

/// The ways to read a server, best first.
public enum Way {
    /// The remote read of Prometheus.
    REMOTE_READ("remote-read"),
    /// The export of VictoriaMetrics.
    EXPORT("export"),
    /// An instant query over a range.
    RAW("raw"),
    /// The values at the points of a grid.
    QUERY_RANGE("query-range");

    private static final String STALE_MARKERS = "stale markers";

    private final String word;

    Way(String word) {
        this.word = word;
    }

    /// What can never be had in this way.
    public List<String> lost() {
        return switch (this) {
            case REMOTE_READ -> List.of("exemplars");
            case EXPORT -> List.of("exemplars", "NaN payloads");
            case RAW -> List.of("exemplars", STALE_MARKERS, "NaN payloads", "native histograms");
            case QUERY_RANGE ->
                    List.of(
                            "exemplars",
                            STALE_MARKERS,
                            "NaN payloads",
                            "native histograms",
                            "what is between two steps");
        };
    }

    /// Does it show where a series ended?
    public boolean showsStaleMarkers() {
        return !lost().contains(STALE_MARKERS);
    }

    /// The way that is called so.
    ///
    /// @throws IllegalArgumentException when none is
    public static Way of(String word) {
        for (Way way : values()) {
            if (way.word.equals(word)) {
                return way;
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is no way to read: remote-read, export, raw or query-range"
                        .formatted(word));
    }

    /// As records and commands call it.
    @Override
    public String toString() {
        return word;
    }
}
