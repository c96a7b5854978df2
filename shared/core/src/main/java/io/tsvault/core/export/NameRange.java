package io.tsvault.core.export;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;

import java.util.ArrayList;
import java.util.List;

/// The metrics whose names come from `from` on and before `to`, in the order of their characters;
/// an empty text is no bound. No language of selectors can compare, but regular expressions can be
/// made that do: names before `ab` are empty, or begin with less than `a`, or are `a`, or begin
/// with `a` and then less than `b`.
record NameRange(String from, String to) {
    private static final String LOWEST = "\\x00";

    /// All names, divided at these.
    static List<NameRange> divided(List<String> bounds) {
        List<NameRange> parts = new ArrayList<>();
        String from = "";
        for (String bound : bounds) {
            parts.add(new NameRange(from, bound));
            from = bound;
        }
        parts.add(new NameRange(from, ""));
        return parts;
    }

    /// Those of the series of `selector` that are in it.
    Selector within(Selector selector) {
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        if (!from.isEmpty()) {
            matchers.add(new Matcher(Op.NOT_LIKE, Labels.METRIC_NAME, before(from)));
        }
        if (!to.isEmpty()) {
            matchers.add(new Matcher(Op.LIKE, Labels.METRIC_NAME, before(to)));
        }
        return Selector.of(matchers);
    }

    private static String before(String bound) {
        StringBuilder regex = new StringBuilder("(?s:");
        StringBuilder prefix = new StringBuilder();
        int[] characters = bound.codePoints().toArray();
        for (int character : characters) {
            regex.append(prefix).append('|');
            if (character > 0) {
                regex.append(prefix)
                        .append('[')
                        .append(LOWEST)
                        .append('-')
                        .append(literal(character - 1))
                        .append("].*|");
            }
            prefix.append(literal(character));
        }
        regex.setLength(regex.length() - 1);
        return regex.append(')').toString();
    }

    private static String literal(int character) {
        boolean plain = character < 128 && Character.isLetterOrDigit(character);
        return plain ? Character.toString(character) : "\\x{%x}".formatted(character);
    }

    @Override
    public String toString() {
        return "metrics from '%s' to '%s'".formatted(from, to);
    }
}
