package io.tsvault.core.restore;

import io.tsvault.core.manifest.Overlap;
import io.tsvault.core.replay.Archive.Traffic;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a restore would do.
///
/// @param range of the samples, as they will be in the target
/// @param partitions stretches of time that need not wait for each other
/// @param widthMs of a window, which is proven before the next one is begun
/// @param verdict can it be done?
/// @param there what the target has of it already: `before` are equal, `conflicts` differ
/// @param metrics what it has of each; the last stands for all others if there are too many
/// @param estimate what it will take
public record Preview(
        TimeRange range,
        Standing standing,
        int partitions,
        long widthMs,
        Verdict verdict,
        Outcome there,
        List<Metric> metrics,
        Estimate estimate) {
    /// Copies the list.
    public Preview {
        metrics = List.copyOf(metrics);
    }

    /// How many samples, from the first to behind the last.
    public record Some(long samples, Optional<TimeRange> range) {}

    /// What the target has of a metric.
    ///
    /// @param equal samples that are there
    /// @param different have another value
    /// @param missing are not there
    /// @param between samples of the target between ours
    /// @param advice the policy to take
    /// @param verdict can the rest be brought in?
    public record Metric(
            String name,
            long equal,
            Some different,
            Some missing,
            Some between,
            Overlap advice,
            Verdict verdict) {}

    /// What it will take, as far as can be told.
    ///
    /// @param requests to the target, about
    /// @param time at the usual speed of a server, or the speed that is asked for
    /// @param reads from the vault, about
    public record Estimate(long requests, Duration time, Traffic reads) {}
}
