package io.tsvault.core.relabel;

import io.tsvault.core.json.Nearest;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a rule does, by the words of Prometheus.
public enum Action {
    REPLACE,
    KEEP,
    DROP,
    KEEPEQUAL,
    DROPEQUAL,
    HASHMOD,
    LOWERCASE,
    UPPERCASE,
    LABELMAP,
    LABELDROP,
    LABELKEEP;

    private static final Set<Action> WITH_TARGET =
            EnumSet.of(REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL);

    /// The action of this word.
    ///
    /// @throws IllegalArgumentException for another word
    public static Action of(String word) {
        List<String> words = Arrays.stream(values()).map(Action::toString).toList();
        int at = words.indexOf(word);
        if (at < 0) {
            throw new IllegalArgumentException(
                    Nearest.to(word, words)
                            .map(near -> "\"%s\" is unknown; %s was meant?".formatted(word, near))
                            .orElseGet(
                                    () ->
                                            "\"%s\" is none of %s"
                                                    .formatted(
                                                            word,
                                                            words.stream()
                                                                    .collect(
                                                                            Collectors.joining(
                                                                                    ", ")))));
        }
        return values()[at];
    }

    boolean needsTarget() {
        return WITH_TARGET.contains(this);
    }

    /// Only compares, and so takes nothing but `source_labels` and `target_label`.
    boolean compares() {
        return this == KEEPEQUAL || this == DROPEQUAL;
    }

    /// Looks at names, and so takes nothing but `regex`.
    boolean picksNames() {
        return this == LABELDROP || this == LABELKEEP;
    }

    boolean changesCase() {
        return this == LOWERCASE || this == UPPERCASE;
    }

    /// The word.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
