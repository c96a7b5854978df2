package io.tsvault.core.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds what must not stand in a manifest, which many can read. Hexadecimal digits are no secret:
/// containers and images are called so.
final class Secrecy {
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern USER =
            Pattern.compile("[^\\s/:@\"]+:[^\\s/@\"]+@(?!sha(256|512):)[A-Za-z0-9\\[]");

    /// Ways in which issuers mark what they hand out, so that it is found in places like this.
    private static final List<Pattern> MARKS =
            List.of(
                    Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"), // AWS
                    Pattern.compile("\\bgh[pousr]_\\w{20,}|\\bgithub_pat_\\w{20,}"),
                    Pattern.compile(
                            "\\bgl(pat|dt|rt)-[\\w-]{16,}|\\bglsa_\\w{16,}|\\bglc_\\w{16,}"),
                    Pattern.compile("\\bxox[abeoprs]-[\\w-]{10,}|\\bsk-[\\w-]{20,}"),
                    Pattern.compile("\\bhv[sb]\\.[\\w-]{20,}|\\bAIza[\\w-]{30,}"),
                    Pattern.compile("\\beyJ[\\w-]{8,}\\.?[\\w-]*"), // JSON in base64: a token
                    Pattern.compile("-----BEGIN [A-Z ]*-----"),
                    Pattern.compile("(?i)\\b(bearer|basic)\\s+[\\w+/=.~-]{8,}"),
                    Pattern.compile(
                            "(?i)\\b(password|passwd|secret|token|api_?key)\\s*[=:]\\s*\\w"));

    private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9+/_-]{40,}");
    private static final Pattern ALIKE = Pattern.compile("[a-z]+|[A-Z]+|[0-9]+|[+/_-]+");

    private Secrecy() {}

    /// What `text` must not hold, if it does: in words that show nothing of it.
    static Optional<String> offence(String text) {
        if (USER.matcher(text).find()) {
            return Optional.of("it holds a user with a password; registered targets know theirs");
        }
        if (MARKS.stream().anyMatch(mark -> mark.matcher(text).find()) || isRandom(text)) {
            return Optional.of("it looks like a key or a token; a manifest holds no secret");
        }
        if (URL.matcher(text).find()) {
            return Optional.of("a URL; a manifest names what is registered, and holds no URL");
        }
        return Optional.empty();
    }

    /// Long, and the kind of character changes more often than in words: in two of five places,
    /// where in random base64 it is in three.
    private static boolean isRandom(String text) {
        return LONG_RUN.matcher(text).results().map(MatchResult::group).anyMatch(Secrecy::isMixed);
    }

    private static boolean isMixed(String run) {
        boolean allKinds =
                !run.equals(run.toLowerCase(Locale.ROOT))
                        && !run.equals(run.toUpperCase(Locale.ROOT))
                        && run.chars().anyMatch(Character::isDigit);
        return allKinds && 5L * ALIKE.matcher(run).results().count() >= 2L * run.length();
    }
}
