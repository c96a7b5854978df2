package io.tsvault.core.restore;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Holds what is to be restored against what the target takes. Pure.
final class Preflight {
    /// Samples of the future are taken by some servers, which then refuse those of the present.
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Duration MARGIN = Duration.ofHours(2);

    private final Standing standing;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Preflight(Standing standing) {
        this.standing = standing;
    }

    /// @param range of the samples, as they will be in the target, that are still to be brought in
    static Verdict of(TimeRange range, Standing standing) {
        Preflight preflight = new Preflight(standing);
        preflight.order(range);
        preflight.future(range);
        preflight.retention(range);
        if (standing.digits() > 0) {
            preflight.notes.add(
                    ("the target keeps %d significant digits of a value, and is compared to those;"
                                    + " NaN it does not keep, but for stale markers")
                            .formatted(standing.digits()));
        }
        preflight.notes.addAll(standing.notes());
        return new Verdict(preflight.reasons, preflight.remedies, preflight.notes);
    }

    private void order(TimeRange range) {
        Standing.Order order = standing.order();
        if (order.any() || standing.headMs().isEmpty()) {
            return;
        }
        long headMs = standing.headMs().getAsLong();
        Duration reach = order.reach();
        if (range.startMs() >= headMs - reach.toMillis()) {
            return;
        }
        reasons.add(
                "the target has samples up to %s and takes none before %s, but the backup begins at %s"
                        .formatted(
                                Instant.ofEpochMilli(headMs),
                                Instant.ofEpochMilli(headMs - reach.toMillis()),
                                Instant.ofEpochMilli(range.startMs())));
        Duration needed = Duration.ofMillis(headMs - range.startMs()).plus(MARGIN);
        long hours = Math.ceilDiv(needed.toMillis(), Duration.ofHours(1).toMillis());
        remedies.add(
                "in its configuration \"storage: {tsdb: {out_of_order_time_window: %dh}}\" and reload"
                        .formatted(hours));
        remedies.add("restore into an empty one that scrapes nothing until it is done");
    }

    private void future(TimeRange range) {
        Instant limit = standing.clock().plus(AHEAD);
        if (range.endMs() - 1 > limit.toEpochMilli()) {
            reasons.add(
                    "samples up to %s are in the future of the target, whose clock is at %s"
                            .formatted(Instant.ofEpochMilli(range.endMs() - 1), standing.clock()));
            remedies.add("restore only what is older, or set its clock");
        }
    }

    private void retention(TimeRange range) {
        standing.retention()
                .map(kept -> standing.clock().minus(kept))
                .filter(oldest -> range.startMs() < oldest.toEpochMilli())
                .ifPresent(
                        oldest -> {
                            reasons.add("the target drops what is older than %s".formatted(oldest));
                            Duration needed =
                                    Duration.between(
                                                    Instant.ofEpochMilli(range.startMs()),
                                                    standing.clock())
                                            .plusDays(1);
                            remedies.add(
                                    "start it with a retention of %dd or more"
                                            .formatted(needed.toDays() + 1));
                        });
    }
}
