package io.tsvault.prometheus;

import io.tsvault.core.series.Metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads what a server knows of its metrics:
///
/// ```text
/// {"up": [{"type": "gauge", "help": "...", "unit": ""}]}
/// ```
final class MetadataAnswer {
    private MetadataAnswer() {}

    static List<Metadata> of(Api api) {
        List<Metadata> all = new ArrayList<>();
        var _ =
                api.ask(
                        "/api/v1/metadata",
                        walk ->
                                walk.members(
                                        family -> walk.items(() -> all.add(one(walk, family)))));
        return all.stream().distinct().sorted().toList();
    }

    private static Metadata one(JsonWalk walk, String family) {
        Map<String, String> said = new TreeMap<>();
        walk.members(name -> said.put(name, walk.text()));
        return new Metadata(
                family,
                type(said.getOrDefault("type", "")),
                said.getOrDefault("help", ""),
                said.getOrDefault("unit", ""));
    }

    private static Metadata.Type type(String word) {
        return switch (word) {
            case "counter" -> Metadata.Type.COUNTER;
            case "gauge" -> Metadata.Type.GAUGE;
            case "histogram" -> Metadata.Type.HISTOGRAM;
            case "gaugehistogram" -> Metadata.Type.GAUGE_HISTOGRAM;
            case "summary" -> Metadata.Type.SUMMARY;
            case "info" -> Metadata.Type.INFO;
            case "stateset" -> Metadata.Type.STATESET;
            default -> Metadata.Type.UNKNOWN;
        };
    }
}
