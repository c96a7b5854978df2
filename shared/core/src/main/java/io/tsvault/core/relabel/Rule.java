package io.tsvault.core.relabel;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;
import io.tsvault.core.regex.Regex;

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
        boolean plainText = replacement.equals(REPLACEMENT);
        boolean plain = plainText && separator.equals(SEPARATOR) && modulus == 0;
        boolean nameless = sourceLabels.isEmpty() && targetLabel.isEmpty();
        boolean hashes = action == Action.HASHMOD;
        require(modulus >= 0 && !(hashes && modulus == 0), "hashmod needs a modulus from 1");
        require(!(action.needsTarget() && targetLabel.isEmpty()), action + " needs a target_label");
        require(
                !(action == Action.LABELMAP && replacement.isEmpty()),
                "labelmap needs a replacement");
        require(
                !action.compares() || (plain && regex.equals(REGEX)),
                action + " takes only source_labels and target_label");
        require(!action.picksNames() || (plain && nameless), action + " takes only a regex");
        require(!action.changesCase() || plainText, action + " takes no replacement");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
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
