package io.tsvault.core.series;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// The only class that sees RE2/J: the engine of Prometheus, linear in the length of its input.
final class Regex {
    private final Pattern pattern;

    /// Fully anchored; a dot matches a newline too, as in Prometheus 3.
    Regex(String text) {
        try {
            pattern = Pattern.compile(text, Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not an RE2 expression: '" + text + "': " + e.getDescription(), e);
        }
    }

    boolean matches(byte[] utf8) {
        return pattern.matches(utf8);
    }
}
