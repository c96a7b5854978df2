package io.tsvault.core.manifest;

import io.tsvault.core.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks through a document before anything else does, so that nothing secret gets into a message.
final class Screening {
    static final int MOST_VALUES = 10_000;

    /// A name, a selector and a label alike, so that it gives rise to no further complaint.
    private static final String WITHHELD = "withheld";

    private final List<String> problems = new ArrayList<>();
    private int values;

    /// What is wrong, each with its JSON pointer.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// The document without what it must not hold.
    Json clean(Json document) {
        Json clean = clean(document, "");
        if (values > MOST_VALUES) {
            problems.add(": %d values; a manifest has at most %d".formatted(values, MOST_VALUES));
        }
        return clean;
    }

    private Json clean(Json json, String at) {
        values++;
        return switch (json) {
            case Json.Text(String text) -> Json.of(clean(text, at));
            case Json.Items(var items) -> {
                List<Json> clean = new ArrayList<>();
                for (Json item : items) {
                    clean.add(clean(item, at + "/" + clean.size()));
                }
                yield Json.of(clean);
            }
            case Json.Members(var members) -> {
                SortedMap<String, Json> clean = new TreeMap<>();
                members.forEach(
                        (name, value) -> {
                            String key = clean(name, at + "/" + WITHHELD);
                            String below = key.replace("~", "~0").replace("/", "~1");
                            clean.put(key, clean(value, at + "/" + below));
                        });
                yield Json.of(clean);
            }
            case Json.Whole _, Json.Truth _, Json.Nothing _ -> json;
        };
    }

    private String clean(String text, String at) {
        return Secrecy.offence(text)
                .map(
                        offence -> {
                            problems.add(at + ": " + offence);
                            return WITHHELD;
                        })
                .orElse(text);
    }
}
