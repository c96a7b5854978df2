package io.tsvault.core.relabel;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;
import io.tsvault.core.regex.Regex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// One rule. What is wrong with it is what Prometheus refuses, too.
///
/// @param sourceLabels `source_labels`: whose values are read
/// @param separator stands between these values, `;` unless told
/// @param regex anchored at both ends, `(.*)` unless told
/// @param modulus from 1 for `hashmod`, else 0
/// @param targetLabel `target_label`: which label is written or compared; empty for none
/// @param replacement what is written, `$1` unless told
public record Rule(
        Action action,
        List<String> sourceLabels,
        String separator,
        String regex,
        long modulus,
        String targetLabel,
        String replacement) {
    private static final String SEPARATOR = ";";
    private static final String REGEX = "(.*)";
    private static final String REPLACEMENT = "$1";

    /// @throws IllegalArgumentException saying what this action needs or cannot take
    public Rule {
        sourceLabels = List.copyOf(sourceLabels);
        var _ = new Regex(regex);
        if (modulus < 0 || (action == Action.HASHMOD && modulus == 0)) {
            throw new IllegalArgumentException("hashmod needs a modulus from 1");
        }
        if (action.needsTarget() && targetLabel.isEmpty()) {
            throw new IllegalArgumentException(action + " needs a target_label");
        }
        if (action == Action.LABELMAP && replacement.isEmpty()) {
            throw new IllegalArgumentException("labelmap needs a replacement");
        }
        List<String> unfit = new ArrayList<>();
        boolean plainReplacement = replacement.equals(REPLACEMENT);
        boolean plainRest = separator.equals(SEPARATOR) && modulus == 0 && plainReplacement;
        if (action.compares() && !(regex.equals(REGEX) && plainRest)) {
            unfit.add("takes only source_labels and target_label");
        }
        if (action.picksNames()
                && !(sourceLabels.isEmpty() && targetLabel.isEmpty() && plainRest)) {
            unfit.add("takes only a regex");
        }
        if (action.changesCase() && !plainReplacement) {
            unfit.add("takes no replacement");
        }
        if (!unfit.isEmpty()) {
            throw new IllegalArgumentException(action + " " + String.join("; ", unfit));
        }
    }

    /// Writes `value` into a label of every series; an empty one removes the label.
    public static Rule set(String label, String value) {
        if (label.contains("$")) {
            throw new IllegalArgumentException("a dollar in the label name " + label);
        }
        String literal = value.replace("$", "$$");
        return new Rule(Action.REPLACE, List.of(), SEPARATOR, REGEX, 0, label, literal);
    }

    /// Reads one, with the names that Prometheus uses.
    public static Rule read(Fields fields) {
        return new Rule(
                fields.typed("action", Action::of).orElse(Action.REPLACE),
                fields.allTyped("source_labels", Rule::label),
                text(fields, "separator", SEPARATOR),
                fields.typed("regex", Rule::expression).orElse(REGEX),
                fields.has("modulus") ? fields.count("modulus") : 0,
                text(fields, "target_label", ""),
                text(fields, "replacement", REPLACEMENT));
    }

    private static String text(Fields fields, String name, String otherwise) {
        return fields.typed(name, Function.identity()).orElse(otherwise);
    }

    private static String expression(String regex) {
        var _ = new Regex(regex);
        return regex;
    }

    private static String label(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a label without a name");
        }
        return name;
    }

    /// The same rule without what goes without saying.
    public Json toJson() {
        Json.Members json = Json.object().with("action", action.toString());
        json = sourceLabels.isEmpty() ? json : json.with("source_labels", sourceLabels);
        json = separator.equals(SEPARATOR) ? json : json.with("separator", separator);
        json = regex.equals(REGEX) ? json : json.with("regex", regex);
        json = modulus == 0 ? json : json.with("modulus", modulus);
        json = targetLabel.isEmpty() ? json : json.with("target_label", targetLabel);
        return replacement.equals(REPLACEMENT) ? json : json.with("replacement", replacement);
    }
}
