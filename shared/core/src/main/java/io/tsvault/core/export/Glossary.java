package io.tsvault.core.export;

import io.tsvault.core.series.Metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of metrics, looked up as they come: a source tells it of all that it ever had, and
/// a slice keeps it of those that it has.
final class Glossary {
    private final Map<String, List<Metadata>> untold = new HashMap<>();
    private String newest = "";

    Glossary(List<Metadata> known) {
        known.forEach(one -> untold.computeIfAbsent(one.family(), _ -> new ArrayList<>()).add(one));
    }

    /// What describes this metric and was not given before.
    List<Metadata> of(String metric) {
        if (metric.equals(newest)) {
            return List.of();
        }
        newest = metric;
        return Metadata.familiesOf(metric).stream()
                .flatMap(family -> Optional.ofNullable(untold.remove(family)).stream())
                .flatMap(List::stream)
                .toList();
    }
}
