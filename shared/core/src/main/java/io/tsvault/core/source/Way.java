package io.tsvault.core.source;

import java.util.List;

/// The ways to read a server, best first.
public enum Way {
    /// The remote read of Prometheus.
    REMOTE_READ("remote-read", List.of("exemplars")),
    /// The export of VictoriaMetrics.
    EXPORT("export", List.of("exemplars", "NaN payloads")),
    /// An instant query over a range.
    RAW("raw", List.of("exemplars", "stale markers", "NaN payloads", "native histograms")),
    /// The values at the points of a grid.
    QUERY_RANGE(
            "query-range",
            List.of("exemplars", "stale markers", "native histograms", "what is between two steps"));

    private final String word;
    private final List<String> lost;

    Way(String word, List<String> lost) {
        this.word = word;
        this.lost = lost;
    }

    /// What can never be had in this way.
    public List<String> lost() {
        return lost;
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
                "\"%s\" is no way to read: remote-read, export, raw or query-range".formatted(word));
    }

    /// As records and commands call it.
    @Override
    public String toString() {
        return word;
    }
}
