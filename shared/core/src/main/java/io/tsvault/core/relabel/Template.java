package io.tsvault.core.relabel;

import io.tsvault.core.regex.Regex;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with places for groups: `$1`, `$name`, `${1}`, `${name}`. `$$` is a dollar. A name is as
/// long as it can be: `$1x` is the group called `1x`. Any other dollar is a dollar.
final class Template {
    private static final Pattern PLACE =
            Pattern.compile("\\$(?:\\$|#|\\{#})".replace("#", "[\\p{L}\\p{Nd}_]+"));
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,7}");

    private sealed interface Part {
        record Text(String bytes) implements Part {}

        record Numbered(int group) implements Part {}

        record Named(String group) implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();

    Template(String text) {
        Matcher places = PLACE.matcher(text);
        int at = 0;
        while (places.find()) {
            addText(text.substring(at, places.start()));
            String place = places.group();
            if (place.equals("$$")) {
                addText("$");
            } else {
                addGroup(place.replaceAll("[${}]", ""));
            }
            at = places.end();
        }
        addText(text.substring(at));
    }

    private void addText(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(Bytes.ofText(text)));
        }
    }

    private void addGroup(String name) {
        parts.add(
                NUMBER.matcher(name).matches()
                        ? new Part.Numbered(Integer.parseInt(name))
                        : new Part.Named(name));
    }

    /// The text with what the groups matched, as [Bytes].
    String expand(Regex.Match match) {
        StringBuilder bytes = new StringBuilder();
        for (Part part : parts) {
            bytes.append(
                    switch (part) {
                        case Part.Text(String text) -> text;
                        case Part.Numbered(int group) -> Bytes.of(match.group(group));
                        case Part.Named(String group) -> Bytes.of(match.group(group));
                    });
        }
        return bytes.toString();
    }
}
