package io.tsvault.core.manifest;

import io.tsvault.core.json.Nearest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What to do with a sample that the target has already. Equal samples are never in conflict.
public enum Overlap {
    /// Sends what is missing; where values differ the target keeps its own, which is listed.
    WARN,
    /// As [#WARN], but then the restore is not whole.
    SKIP,
    /// Deletes what the target has and writes the backup's; needs the target's name as `confirm`.
    OVERWRITE,
    /// Stops before the first write.
    FAIL,
    /// Does not look: the person knows that the target is empty there.
    UNCHECKED;

    /// The policy of this word.
    ///
    /// @throws IllegalArgumentException for another word
    public static Overlap of(String word) {
        List<String> words = Arrays.stream(values()).map(Overlap::toString).toList();
        int at = words.indexOf(word);
        if (at < 0) {
            String hint =
                    Nearest.to(word, words)
                            .map(near -> near + " was meant?")
                            .orElseGet(() -> "take " + String.join(", ", words));
            throw new IllegalArgumentException("\"%s\" is unknown; %s".formatted(word, hint));
        }
        return values()[at];
    }

    /// The word.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
