package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.util.List;

/// What a restore would do.
///
/// @param range of the samples, as they will be in the target
/// @param partitions stretches of time that need not wait for each other
/// @param widthMs of a window, which is proven before the next one is begun
/// @param verdict can it be done?
/// @param there what the target has of it already: `before` are equal, `conflicts` differ
public record Preview(
        TimeRange range,
        Standing standing,
        int partitions,
        long widthMs,
        Verdict verdict,
        Outcome there) {

    static Preview of(
            TimeRange range,
            Standing standing,
            Verdict verdict,
            Expectation expectation,
            Target target,
            Restorer.Surroundings around) {
        Plan plan = Plan.of(range, standing, List.of());
        Outcome there = Outcome.NOTHING;
        Replay.Surroundings looking =
                new Replay.Surroundings(around.clock(), around.pause(), _ -> {}, _ -> {});
        try (Replay replay = new Replay(target, standing, looking)) {
            for (TimeRange partition : plan.partitions()) {
                for (TimeRange window : plan.windows(partition)) {
                    there = there.plus(replay.look(expectation.window(window)));
                }
            }
        }
        return new Preview(
                range, standing, plan.partitions().size(), plan.widthMs(), verdict, there);
    }
}
