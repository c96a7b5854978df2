package io.tsvault.cli;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Backs up what a target has in a range, into a stream of the job's own, before the job writes:
/// `before-<job>`, in the same vault, with slices of two hours. It can be restored like any other.
final class TargetBackup implements Restorer.Precaution {
    private static final Duration SLICE = Duration.ofHours(2);
    private static final String PREFIX = "before-";
    private static final Pattern STREAM = Pattern.compile(PREFIX + "[0-9a-f]{32}");

    private final Vault vault;
    private final Target target;
    private final PrintWriter err;

    TargetBackup(Vault vault, Target target, PrintWriter err) {
        this.vault = vault;
        this.target = target;
        this.err = err;
    }

    /// Is this what a restore kept? Nobody registers such a stream.
    static boolean isNameOf(String stream) {
        return STREAM.matcher(stream).matches();
    }

    @Override
    public String take(String job, TimeRange range) {
        String stream = PREFIX + job;
        TimeRange slices = slices(range);
        StreamConfig config =
                StreamConfig.from(
                        Map.of(
                                "source", "target", "settle", "0s", "reread", "off", "count",
                                "off"));
        try (Source source = target.readBack();
                ProgressLine progress = ProgressLine.on(err, stream)) {
            Optional<TimeRange> filled = filled(source, slices);
            if (filled.isEmpty()) {
                return "";
            }
            Exporter.Surroundings around =
                    new Exporter.Surroundings(Clock.systemUTC(), Pause.SLEEP, progress);
            require(
                    stream,
                    new Exporter(vault.stream(stream), config, source, around)
                            .run(new Exporter.Order(filled.get(), Instant.MAX)));
        }
        return stream;
    }

    /// Up to the last slice that has anything: an export takes a source that is silent at its end
    /// for the wrong one.
    private static Optional<TimeRange> filled(Source source, TimeRange slices) {
        return slices.cut(SLICE.toMillis()).reversed().stream()
                .filter(slice -> !source.count(StreamConfig.EVERYTHING, slice).isEmpty())
                .findFirst()
                .map(last -> new TimeRange(slices.startMs(), last.endMs()));
    }

    /// Only slices that are over can be kept.
    private static TimeRange slices(TimeRange range) {
        long widthMs = SLICE.toMillis();
        long endMs = Math.ceilDiv(range.endMs(), widthMs) * widthMs;
        if (endMs > Instant.now().toEpochMilli()) {
            throw new Permanent(
                    "backupFirst keeps whole slices of two hours, and the last one is not over:"
                            + " wait"
                            + " until %s, or restore only \"to\": \"%s\""
                                    .formatted(Times.text(endMs), Times.text(endMs - widthMs)));
        }
        return new TimeRange(Math.floorDiv(range.startMs(), widthMs) * widthMs, endMs);
    }

    private static void require(String stream, Exported exported) {
        if (exported.problem().isPresent()) {
            Problem problem = exported.problem().get();
            String what = "the target could not be backed up: " + problem.message();
            throw switch (problem.kind()) {
                case DOUBT, PERSON, HALT -> new Permanent(what);
                case LATER, TIME -> new Transient(what);
            };
        }
        if (!exported.gaps().isEmpty() || exported.partial() > 0 || exported.left() > 0) {
            throw new Permanent(
                    "the backup of the target is not whole: see tsvault verify " + stream);
        }
    }
}
