package io.tsvault.prometheus;

import java.time.Duration;

/// What is known of a product, and cannot be asked.
///
/// @param path of its remote write
/// @param anyOrder does it take samples in any order?
/// @param keepsRest does it keep the good samples of a batch that it refuses?
/// @param keepsDuplicates does a sample that was sent twice stay twice?
/// @param digits significant decimal digits that it keeps; 0: all bits
/// @param flushWait how long a write may still be lost, or unseen
record Profile(
        String path,
        boolean anyOrder,
        boolean keepsRest,
        boolean keepsDuplicates,
        int digits,
        Duration flushWait) {
    private static final String WRITE = "/api/v1/write";
    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    private static final Profile PROMETHEUS =
            new Profile(WRITE, false, false, false, 0, Duration.ZERO);
    private static final Profile VICTORIA_METRICS =
            new Profile(WRITE, true, true, true, 12, Duration.ofSeconds(10));
    private static final Profile MIMIR =
            new Profile("/api/v1/push", false, true, false, 0, UNKNOWN);
    private static final Profile THANOS =
            new Profile("/api/v1/receive", false, true, false, 0, UNKNOWN);
    private static final Profile AMAZON =
            new Profile("/api/v1/remote_write", false, true, false, 0, UNKNOWN);
    private static final Profile ANY = new Profile(WRITE, false, false, true, 0, UNKNOWN);

    static Profile of(String product) {
        return switch (product) {
            case "prometheus" -> PROMETHEUS;
            case "victoria-metrics" -> VICTORIA_METRICS;
            case "mimir", "cortex" -> MIMIR;
            case "thanos" -> THANOS;
            case "amp" -> AMAZON;
            default -> ANY;
        };
    }
}
