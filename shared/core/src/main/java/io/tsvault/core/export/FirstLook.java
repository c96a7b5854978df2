package io.tsvault.core.export;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a run finds out before its first slice: whether it is the same server, what its clock says,
/// how it is read, and where its history begins.
///
/// @param asked what the run is about
record FirstLook(Route route, TimeRange asked) {
    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /// What the source can.
    Abilities abilities() {
        return route.source().probe();
    }

    /// What there is to say about clocks.
    ///
    /// @throws Permanent when they differ too much
    List<String> skew(Abilities abilities) {
        Duration skew = Duration.between(route.around().clock().instant(), abilities.clock());
        if (skew.abs().compareTo(MOST_SKEW) > 0) {
            throw new Permanent(
                    "the clock of the source is %d s %s of ours: set both, slices are cut by them"
                            .formatted(
                                    skew.abs().toSeconds(),
                                    skew.isNegative() ? "behind" : "ahead"));
        }
        return skew.abs().compareTo(NOTABLE_SKEW) > 0
                ? List.of("the clock of the source is %d s off ours".formatted(skew.toSeconds()))
                : List.of();
    }

    /// The line between both; none while the source has nothing.
    Optional<Line> line(Abilities abilities) {
        Mode mode = mode(abilities);
        return known().or(this::oldest)
                .map(ms -> new Line(route, abilities, mode, route.aligned(ms)));
    }

    private Mode mode(Abilities abilities) {
        if (route.config().mode().isPresent()) {
            return route.config().mode().get();
        }
        Way best =
                abilities.ways().stream()
                        .filter(way -> way != Way.QUERY_RANGE)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new Permanent(
                                                "the source gives no samples as they are, only"
                                                        + " values on a grid: accept that by --mode"
                                                        + " query-range, with how often it is"
                                                        + " scraped as --step"));
        return Mode.of(noPoorer(best));
    }

    /// A way that loses more is not taken because the better one does not answer just now.
    ///
    /// @throws Doubt when it would be
    private Way noPoorer(Way best) {
        Optional<Way> before =
                route.log().state().newestCapture().map(capture -> Way.of(capture.mode()));
        List<String> more = new ArrayList<>(best.lost());
        before.map(Way::lost).ifPresent(more::removeAll);
        if (before.isPresent() && !more.isEmpty()) {
            String stream = route.log().name().id();
            throw Doubt.of(
                    ("the source cannot be read by %s any more, as this stream was, only by %s,"
                                    + " which loses %s: mend that, or accept it: tsvault stream add"
                                    + " %s --replace --mode %2$s")
                            .formatted(before.get(), best, String.join(", ", more), stream));
        }
        return best;
    }

    /// Where the history begins, as far as that is known without asking. Slices before that are for
    /// those who ask for them by name.
    Optional<Long> known() {
        Optional<Long> known =
                route.config()
                        .start()
                        .map(Instant::toEpochMilli)
                        .or(() -> route.log().state().earliestMs().stream().boxed().findFirst());
        long askedMs = asked.startMs();
        return askedMs == Long.MIN_VALUE
                ? known
                : Optional.of(Math.min(askedMs, known.orElse(askedMs)));
    }

    /// Sources know the begin of their history to the hour: slices are looked at from there on.
    private Optional<Long> oldest() {
        return route.config().selectors().stream()
                .flatMap(selector -> route.source().oldest(selector).stream())
                .map(Instant::toEpochMilli)
                .min(Long::compare)
                .map(this::firstFilled);
    }

    private long firstFilled(long hourMs) {
        long widthMs = route.config().slice().toMillis();
        Presence presence = new Presence(route.source());
        long startMs = route.aligned(hourMs);
        while (startMs + widthMs <= hourMs + HOUR_MS
                && !presence.in(new TimeRange(startMs, startMs + widthMs))) {
            startMs += widthMs;
        }
        return startMs;
    }
}
