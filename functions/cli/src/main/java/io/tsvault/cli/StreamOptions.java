package io.tsvault.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a stream keeps, and how.
final class StreamOptions {
    @Option(
            names = "--selector",
            paramLabel = "SELECTOR",
            description = "Which series, such as '{job=\"node\"}'; may be repeated.")
    private List<String> selectors = List.of();

    @Option(
            names = "--include",
            paramLabel = "NAMES",
            description = "Only these metrics: node_*,up.")
    private @Nullable String include;

    @Option(names = "--exclude", paramLabel = "NAMES", description = "Not these metrics.")
    private @Nullable String exclude;

    @Option(names = "--slice", paramLabel = "TIME", description = "Width of a slice; 2h.")
    private @Nullable String slice;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "How long after its end a slice is read; 10m.")
    private @Nullable String settle;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "auto, remote-read, export, raw or query-range.")
    private @Nullable String mode;

    @Option(names = "--step", paramLabel = "TIME", description = "Of the grid, for query-range.")
    private @Nullable String step;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Where the history begins; else with the oldest sample.")
    private @Nullable String start;

    @Option(
            names = "--count",
            paramLabel = "WHEN",
            description = "Hold slices against an independent count: auto, always, off.")
    private @Nullable String count;

    @Option(
            names = "--reread",
            paramLabel = "TIME",
            description = "Read each slice again so long after its end, or off; 1d.")
    private @Nullable String reread;

    @Option(
            names = "--accept-partial",
            description = "Keep also what the source says is not all, and mark it.")
    private boolean partial;

    @Option(
            names = "--external-labels",
            paramLabel = "strip|keep",
            description = "Those that remote read adds.")
    private @Nullable String externalLabels;

    @Option(
            names = "--identity",
            paramLabel = "LABELS",
            description = "External labels of a server that may go on with this stream.")
    private @Nullable String identity;

    @Option(
            names = "--rate",
            paramLabel = "SAMPLES",
            description = "Read no more samples in a second; no limit.")
    private @Nullable String rate;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Queries at one time, where each metric takes one; 1.")
    private @Nullable String parallel;

    /// What was said, as settings.
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (!selectors.isEmpty()) {
            settings.put("selectors", String.join("\n", selectors));
        }
        ServerOptions.put(settings, "include", include);
        ServerOptions.put(settings, "exclude", exclude);
        ServerOptions.put(settings, "slice", slice);
        ServerOptions.put(settings, "settle", settle);
        ServerOptions.put(settings, "mode", mode);
        ServerOptions.put(settings, "step", step);
        ServerOptions.put(settings, "count", count);
        ServerOptions.put(settings, "reread", reread);
        ServerOptions.put(settings, "external-labels", externalLabels);
        ServerOptions.put(settings, "identity", identity);
        ServerOptions.put(settings, "rate", rate);
        ServerOptions.put(settings, "parallel", parallel);
        if (start != null) {
            settings.put("start", Times.text(Times.parse(start, Instant.now())));
        }
        if (partial) {
            settings.put("partial", "true");
        }
        return settings;
    }
}
