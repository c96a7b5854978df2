package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamState.Settled;

import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A stream goes on from the server that it was begun with, until a person says otherwise.
///
/// | what tells that it is another | |
/// |---|---|
/// | other external labels, or none any more | always |
/// | another product | always; another version of the same is no other server |
/// | another address | always |
/// | it has samples of the time kept last, and none of the series kept | where it has no labels |
record SameServer(Route route) {
    private static final int SOME_METRICS = 3;
    private static final int MOST_SERIES = 300;

    /// @return what a person should know before the first backup
    /// @throws Doubt when it is another
    List<String> require(Abilities abilities) {
        Server now = Server.of(abilities);
        Optional<Server> before =
                route.log()
                        .state()
                        .newestCapture()
                        .filter(capture -> !capture.version().isEmpty())
                        .map(Server::of);
        if (before.isEmpty()) {
            return abilities.namingAdvice().stream().toList();
        }
        boolean confirmed = route.config().identity().filter(now::isCalled).isPresent();
        if (!confirmed && !before.get().isSame(now)) {
            throw another("was read from %s, and now %s answers".formatted(before.get(), now), now);
        }
        if (!confirmed && now.labels().isEmpty()) {
            requireContinuity(now);
        }
        return List.of();
    }

    private Doubt another(String what, Server now) {
        return Doubt.of(
                ("it %s; if it shall go on from this one: tsvault stream add %s --replace"
                                + " --identity '%s'; else make a stream of its own")
                        .formatted(what, route.log().name().id(), now));
    }

    /// Servers that say the same of themselves do not hold the same.
    private void requireContinuity(Server now) {
        Optional<Settled> last =
                route.log().state().slices().reversed().stream()
                        .filter(settled -> !settled.chunks().isEmpty())
                        .findFirst();
        if (last.isPresent() && isStrange(last.get()) && isThere(last.get().slice())) {
            throw another(
                    ("has series of %s that %s does not know, although it has others of that time:"
                                    + " another server answers")
                            .formatted(Instant.ofEpochMilli(last.get().slice().startMs()), now),
                    now);
        }
    }

    /// Has the source none of these series? One metric may have been deleted; of a stream that has
    /// few nobody can tell.
    private boolean isStrange(Settled kept) {
        Map<String, Set<Labels>> some = some(kept);
        return some.size() == SOME_METRICS
                && some.entrySet().stream()
                        .noneMatch(one -> hasAny(one.getKey(), one.getValue(), kept.slice()));
    }

    private boolean hasAny(String metric, Set<Labels> series, TimeRange slice) {
        boolean[] found = {false};
        route.source()
                .countSeries(
                        metric,
                        StreamConfig.EVERYTHING,
                        slice,
                        (labels, _) -> found[0] |= series.contains(labels));
        return found[0];
    }

    private boolean isThere(TimeRange slice) {
        return new Presence(route.source()).in(slice);
    }

    private Map<String, Set<Labels>> some(Settled settled) {
        Map<String, Set<Labels>> some = new TreeMap<>();
        TimeRange window = settled.slice().cut(Source.WINDOW_MS).getFirst();
        try (Kept kept = Kept.open(route.log(), settled)) {
            Iterator<Series> all = kept.series(window);
            for (int i = 0; i < MOST_SERIES && all.hasNext(); i++) {
                Series series = all.next();
                String metric = series.labels().get(Labels.METRIC_NAME).orElse("");
                boolean asked = some.size() < SOME_METRICS || some.containsKey(metric);
                if (asked && Counts.present(series) > 0) {
                    some.computeIfAbsent(metric, _ -> new HashSet<>()).add(series.labels());
                }
            }
        }
        return some;
    }
}
