package io.tsvault.core.restore;

import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.replay.Replay;
import io.tsvault.core.restore.Plan.Decided;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides about what a target has already, before the first write, once for a job.
///
/// | the target has | then |
/// |---|---|
/// | samples between ours, of series that it takes from elsewhere now | it ends before the first |
/// | other samples between ours | refused without `accept.interleave` |
/// | other values | refused by `fail`; by `overwrite` where they cannot be replaced |
final class Encounter {
    /// Scrapes are seldom further apart: who has no sample in this time is not scraped.
    private static final Duration LIVE = Duration.ofMinutes(5);

    private final Task task;
    private final Standing standing;
    private final Replay replay;

    Encounter(Task task, Standing standing, Replay replay) {
        this.task = task;
        this.standing = standing;
        this.replay = replay;
    }

    /// What is to be done; nothing if it is refused.
    ///
    /// @param seen what the target has, as far as that was looked at
    record Decision(Plan plan, Optional<String> refusal, Survey seen) {}

    Decision decide(Plan plan) {
        return asks() ? decide(plan, survey(plan.windows())) : taken(plan);
    }

    private static Decision taken(Plan plan) {
        return new Decision(plan, Optional.empty(), new Survey());
    }

    private boolean asks() {
        return replay.proves()
                && switch (task.manifest().overlap()) {
                    case UNCHECKED -> false;
                    case FAIL, OVERWRITE -> true;
                    case SKIP, WARN -> !task.manifest().accept().interleave();
                };
    }

    private Survey survey(List<TimeRange> windows) {
        Survey survey = new Survey();
        for (TimeRange window : windows) {
            if (standing.mayHold(window)) {
                survey.look(replay, task.window(window));
            }
        }
        return survey;
    }

    Decision decide(Plan plan, Survey survey) {
        if (!asks()) {
            return taken(plan);
        }
        boolean mixes = survey.total().between() > 0 && !task.manifest().accept().interleave();
        if (!mixes) {
            return new Decision(plan, conflicts(survey), survey);
        }
        long edgeMs = survey.range(Kind.EXTRA).orElseThrow().startMs();
        if (!areLive(survey.interleaved()) || edgeMs <= plan.range().startMs()) {
            return new Decision(plan, Optional.of(mixture(survey)), survey);
        }
        Plan shorter = plan.until(edgeMs, count(plan, edgeMs));
        Survey rest = survey(shorter.windows());
        return new Decision(shorter, conflicts(rest), rest);
    }

    private static String mixture(Survey survey) {
        return ("the target has %,d samples between those of the backup, in the same series: it"
                        + " would hold a mixture of both; if that is meant, set accept.interleave")
                .formatted(survey.total().between());
    }

    /// Does it have new samples of all of these?
    private boolean areLive(Set<Labels> series) {
        Set<Labels> silent = new HashSet<>(series);
        long nowMs = standing.clock().toEpochMilli();
        TimeRange recent = new TimeRange(nowMs - LIVE.toMillis(), nowMs);
        for (TimeRange piece : recent.cut(Source.WINDOW_MS)) {
            Replay.Window window =
                    new Replay.Window(
                            piece,
                            task.window(piece).selectors(),
                            () -> Reading.of(Collections.emptyIterator()));
            replay.look(window, difference -> silent.remove(difference.series()));
        }
        return silent.isEmpty();
    }

    /// Samples of the backup from an instant on.
    private long count(Plan plan, long fromMs) {
        long samples = 0;
        for (TimeRange window : plan.windows()) {
            if (window.endMs() > fromMs) {
                TimeRange rest = new TimeRange(Math.max(fromMs, window.startMs()), window.endMs());
                try (Reading left = task.window(rest).expected().open()) {
                    while (left.hasNext()) {
                        samples += left.next().size();
                    }
                }
            }
        }
        return samples;
    }

    private Optional<String> conflicts(Survey survey) {
        long conflicts = survey.total().conflicts();
        if (conflicts == 0) {
            return Optional.empty();
        }
        return switch (task.manifest().overlap()) {
            case FAIL ->
                    Optional.of(
                            "%,d samples have another value in the target, and overlap is fail"
                                    .formatted(conflicts));
            case OVERWRITE ->
                    Replaceable.refusal(standing, survey.range(Kind.CHANGED).orElseThrow());
            case SKIP, WARN, UNCHECKED -> Optional.empty();
        };
    }

    /// What a person should know of what was decided.
    static List<String> notes(Decided decided) {
        return decided.leftMs() == Long.MAX_VALUE
                ? List.of()
                : List.of(
                        ("it ends before %s: from there on the target has its own samples of the"
                             + " same series, and %,d samples of the backup are left out; to mix"
                             + " both, set accept.interleave")
                                .formatted(Restorer.time(decided.leftMs()), decided.left()));
    }
}
