package io.tsvault.core.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what was meant by a name that was mistyped.
public final class Nearest {
    private static final int LEAST_BEGINNING = 3;

    private Nearest() {}

    /// The one of `known` that takes the fewest changes, if these are few for its length, or only
    /// something behind it is missing.
    public static Optional<String> to(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> isNear(typed, name))
                .min(
                        Comparator.comparingInt((String name) -> distance(typed, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String typed, String name) {
        boolean begins = typed.length() >= LEAST_BEGINNING && name.startsWith(typed);
        return begins || distance(typed, name) <= 1 + (typed.length() / 4);
    }

    /// How many letters have to be changed, added or left out to make one of the other.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
