package io.tsvault.core.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What became of the settings of a name.
///
/// @param before empty when it was not registered
/// @param epoch how often it was given settings, with this time
public record Change(Map<String, String> before, Map<String, String> now, long epoch) {
    /// A setting that is another now; empty where there was none, or is none any more.
    public record Difference(String before, String now) {}

    /// Copies the maps.
    public Change {
        before = Map.copyOf(before);
        now = Map.copyOf(now);
    }

    /// Was the name registered just now?
    public boolean isNew() {
        return before.isEmpty();
    }

    /// What differs, by name; nothing when all is as it was.
    public SortedMap<String, Difference> differences() {
        SortedMap<String, Difference> differences = new TreeMap<>();
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(now);
        for (String name : all.keySet()) {
            String old = before.getOrDefault(name, "");
            String young = now.getOrDefault(name, "");
            if (!old.equals(young)) {
                differences.put(name, new Difference(old, young));
            }
        }
        return differences;
    }
}
