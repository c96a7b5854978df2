package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Do the selectors of a stream match anything? Of one that is misspelt nothing would be kept for
/// ever, and all would look well. Asked until something was kept by them.
record Unmatched(Route route) {
    private static final Duration LATELY = Duration.ofHours(2);

    /// @return what a person should know
    /// @throws Doubt when nothing matches, although the source has something. Where a stream is
    ///     told when it starts, each slice is looked at by itself: what matched may be forgotten
    List<String> require(Abilities abilities) {
        List<Selector> selectors = route.config().selectors();
        List<Selector> unmatched =
                hasKept() ? List.of() : selectors.stream().filter(this::isUnmatched).toList();
        if (unmatched.isEmpty()) {
            return List.of();
        }
        if (isUnmatched(StreamConfig.EVERYTHING)) {
            return List.of("the source has nothing at all yet, so nothing can be kept of it");
        }
        if (unmatched.size() == selectors.size() && route.config().start().isEmpty()) {
            int metrics = metrics(abilities);
            throw Doubt.of(
                    ("no series of this source match %s; it has %s: mend that by tsvault"
                                    + " stream add %s --replace with another --selector, --include"
                                    + " or --exclude")
                            .formatted(
                                    Selection.of(route.config()),
                                    metrics == 1 ? "one metric" : "%,d metrics".formatted(metrics),
                                    route.log().name().id()));
        }
        return unmatched.stream()
                .map(selector -> "no series of this source match " + selector)
                .toList();
    }

    private boolean isUnmatched(Selector selector) {
        return route.source().oldest(selector).isEmpty();
    }

    private int metrics(Abilities abilities) {
        Instant now = abilities.clock();
        Instant begin =
                route.source()
                        .oldest(StreamConfig.EVERYTHING)
                        .filter(now::isAfter)
                        .orElse(now.minus(LATELY));
        return route.source().metrics(StreamConfig.EVERYTHING, TimeRange.of(begin, now)).size();
    }

    private boolean hasKept() {
        Selection selection = Selection.of(route.config());
        return route.log().state().slices().reversed().stream()
                .map(Settled::revisions)
                .flatMap(List::stream)
                .filter(revision -> !revision.chunks().isEmpty())
                .map(Revision::capture)
                .anyMatch(selection::kept);
    }
}
