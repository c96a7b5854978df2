package io.tsvault.core.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// An expression that a whole text has to match. The only class that sees RE2/J.
///
/// A dot matches a newline too, as in Prometheus 3. Bytes that are not UTF-8 count as one U+FFFD
/// each, as in Go.
public final class Regex {
    private final Pattern pattern;
    private final Map<String, Integer> names;

    /// @throws IllegalArgumentException when it is no RE2 expression
    public Regex(String text) {
        try {
            pattern = Pattern.compile(text, Pattern.DOTALL);
            names = pattern.namedGroups();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not an RE2 expression: '" + text + "': " + e.getDescription(), e);
        }
    }

    /// Does all of it match?
    public boolean matches(byte[] utf8) {
        return WellFormed.is(utf8)
                ? pattern.matches(utf8)
                : pattern.matcher(new WellFormed(utf8).text()).matches();
    }

    /// What the groups match, if all of it matches.
    public Optional<Match> match(byte[] utf8) {
        Optional<WellFormed> mended =
                WellFormed.is(utf8) ? Optional.empty() : Optional.of(new WellFormed(utf8));
        Matcher matcher =
                mended.map(text -> pattern.matcher(text.text()))
                        .orElseGet(() -> pattern.matcher(utf8));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int[] bounds = new int[2 * (matcher.groupCount() + 1)];
        for (int i = 0; i < bounds.length; i++) {
            int bound = i % 2 == 0 ? matcher.start(i / 2) : matcher.end(i / 2);
            bounds[i] = bound < 0 ? -1 : mended.map(text -> text.offset(bound)).orElse(bound);
        }
        return Optional.of(new Match(utf8.clone(), bounds, names));
    }

    /// A text that matched.
    public static final class Match {
        private final byte[] text;
        private final int[] bounds;
        private final Map<String, Integer> names;

        private Match(byte[] text, int[] bounds, Map<String, Integer> names) {
            this.text = text;
            this.bounds = bounds;
            this.names = names;
        }

        /// What group `i` matched, 0 for everything: nothing if there is no such group, or if it
        /// took no part.
        public byte[] group(int i) {
            boolean took = 2L * i + 1 < bounds.length && bounds[2 * i] >= 0;
            return took ? Arrays.copyOfRange(text, bounds[2 * i], bounds[2 * i + 1]) : new byte[0];
        }

        /// What the group of this name matched: nothing if there is no such group.
        public byte[] group(String name) {
            return group(names.getOrDefault(name, Integer.MAX_VALUE));
        }
    }
}
