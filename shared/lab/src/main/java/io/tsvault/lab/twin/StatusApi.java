package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.twin.TwinOptions.Feature;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// `/api/v1/status/...`: what a preflight reads.
final class StatusApi {
    private static final String RETENTION = "10y";

    private final Head head;
    private final TwinOptions options;
    private final Instant started;

    StatusApi(Head head, TwinOptions options) {
        this.head = head;
        this.options = options;
        this.started = options.clock().instant();
    }

    /// The version is the real one, everything else says that this is none.
    ApiResult buildInfo() {
        Map<String, Object> build = new LinkedHashMap<>();
        build.put("version", options.generation().version());
        build.put("revision", Twin.MARK);
        build.put("branch", Twin.MARK);
        build.put("buildUser", Twin.MARK);
        build.put("buildDate", "19700101-00:00:00");
        build.put("goVersion", "none");
        return ApiResult.of(build);
    }

    ApiResult runtimeInfo() {
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("startTime", started.toString());
        runtime.put("CWD", "/");
        if (options.generation().isAtLeast(Generation.V3_5)) {
            runtime.put("hostname", Twin.MARK);
            runtime.put("serverTime", options.clock().instant().toString());
        }
        runtime.put("reloadConfigSuccess", true);
        runtime.put("lastConfigTime", started.truncatedTo(ChronoUnit.SECONDS).toString());
        runtime.put("corruptionCount", 0);
        runtime.put("goroutineCount", 1);
        runtime.put("GOMAXPROCS", 1);
        runtime.put("GOGC", "");
        runtime.put("GODEBUG", "");
        runtime.put("storageRetention", RETENTION);
        return ApiResult.of(runtime);
    }

    ApiResult flags() {
        SortedMap<String, Object> flags = new TreeMap<>();
        flags.put("enable-feature", flag(Feature.NATIVE_HISTOGRAMS, "native-histograms"));
        flags.put("query.lookback-delta", "5m");
        flags.put("query.max-concurrency", "20");
        flags.put("query.max-samples", "50000000");
        flags.put("query.timeout", "2m");
        flags.put("storage.remote.read-concurrent-limit", "10");
        flags.put("storage.remote.read-max-bytes-in-frame", "1048576");
        flags.put("storage.remote.read-sample-limit", "50000000");
        flags.put("storage.tsdb.max-block-duration", "31d");
        flags.put("storage.tsdb.min-block-duration", "2h");
        flags.put("storage.tsdb.retention.size", "0B");
        flags.put("storage.tsdb.retention.time", RETENTION);
        flags.put("web.enable-admin-api", truth(Feature.ADMIN_API));
        flags.put("web.enable-remote-write-receiver", truth(Feature.RECEIVER));
        flags.put("web.route-prefix", "/");
        if (options.generation().isAtLeast(Generation.V3_5)) {
            flags.put(
                    "web.remote-write-receiver.accepted-protobuf-messages",
                    Negotiation.V1 + flag(Feature.WRITE_2, "," + Negotiation.V2));
        } else {
            flags.put("storage.tsdb.retention", "0s");
        }
        return ApiResult.of(flags);
    }

    private String truth(Feature feature) {
        return Boolean.toString(options.has(feature));
    }

    private String flag(Feature feature, String value) {
        return options.has(feature) ? value : "";
    }

    ApiResult config() {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        global:
                          scrape_interval: 1m
                          scrape_timeout: 10s
                          evaluation_interval: 1m
                        """);
        Labels external = options.externalLabels();
        if (external.size() > 0) {
            yaml.append("  external_labels:\n");
            IntStream.range(0, external.size())
                    .forEach(
                            i ->
                                    yaml.append("    ")
                                            .append(external.name(i))
                                            .append(": ")
                                            .append(external.value(i))
                                            .append('\n'));
        }
        long window = options.outOfOrder().toMillis();
        if (window > 0) {
            yaml.append("storage:\n  tsdb:\n")
                    .append("    out_of_order_time_window: ")
                    .append(GoTime.text(window))
                    .append('\n');
        }
        return ApiResult.of(Map.of("yaml", yaml.toString()));
    }

    ApiResult tsdb() {
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("numSeries", head.series().size());
        stats.put("numLabelPairs", labelPairs());
        stats.put("chunkCount", head.series().stream().mapToInt(HeadSeries::chunks).sum());
        stats.put("minTime", head.minTimeMs());
        stats.put("maxTime", head.maxTimeMs());
        Map<String, Object> tsdb = new LinkedHashMap<>();
        tsdb.put("headStats", stats);
        for (String table :
                List.of(
                        "seriesCountByMetricName",
                        "labelValueCountByLabelName",
                        "memoryInBytesByLabelName",
                        "seriesCountByLabelValuePair")) {
            tsdb.put(table, List.of());
        }
        return ApiResult.of(tsdb);
    }

    private int labelPairs() {
        return (int)
                head.series().stream()
                        .map(HeadSeries::labels)
                        .flatMap(
                                labels ->
                                        IntStream.range(0, labels.size())
                                                .mapToObj(
                                                        i ->
                                                                List.of(
                                                                        labels.name(i),
                                                                        labels.value(i))))
                        .distinct()
                        .count();
    }
}
