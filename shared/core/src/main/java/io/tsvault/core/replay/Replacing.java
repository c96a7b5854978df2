package io.tsvault.core.replay;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Reading;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Puts the backup's values in the place of the target's. What is to go is kept first, then
/// deleted, then looked for; only then is anything written, and that is proven as ever. So whoever
/// is killed between finds the window with samples missing, and those are brought by the next.
public final class Replacing {
    private static final int MOST_METRICS = 20;

    private final Replay replay;
    private final Target target;
    private final long beforeMs;
    private final Consumer<Chunk> kept;

    /// @param standing says of which samples a delete has an effect; the others stay
    /// @param kept keeps what the target had: it is safe when this returns
    public Replacing(Replay replay, Target target, Standing standing, Consumer<Chunk> kept) {
        this.replay = replay;
        this.target = target;
        this.beforeMs = standing.replacesBeforeMs().orElse(Long.MIN_VALUE);
        this.kept = kept;
    }

    /// Brings a window in although the target has other values.
    ///
    /// @param found what came of it without replacing
    /// @throws Permanent when the target says yes to a delete and does nothing; nothing is missing
    ///     then that was there before
    public Outcome bring(Window window, Outcome found) {
        Outcome last = found;
        Spans spans = conflicts(window);
        while (!spans.isEmpty()) {
            Exactly exactly = keep(window, spans);
            spans.forEach((series, range) -> target.delete(exactly.selector(series), range));
            long stayed = stayed(window, spans);
            Outcome next = replay.bring(window, true);
            if (stayed > 0 || next.conflicts() >= last.conflicts()) {
                throw new Permanent(undeletable(window, Math.max(stayed, next.conflicts())));
            }
            last = next;
            spans = conflicts(window);
        }
        return new Outcome(
                last.expected(),
                found.before(),
                last.expected() - last.conflicts() - last.missing() - found.before(),
                last.conflicts(),
                last.missing(),
                last.rounded(),
                last.between(),
                found.conflicts() - last.conflicts(),
                last.unkept(),
                last.doubled());
    }

    private static String undeletable(Window window, long stayed) {
        return ("%,d samples from %s to %s have another value, and stay though the target says yes"
                    + " to their deletion: a Prometheus keeps what came out of order until it is"
                    + " compacted, some hours later; until then the same command ends the same way."
                    + " What it had is kept with the job for tsvault job undo")
                .formatted(
                        stayed,
                        Instant.ofEpochMilli(window.range().startMs()),
                        Instant.ofEpochMilli(window.range().endMs()));
    }

    private Spans conflicts(Window window) {
        Spans spans = new Spans(beforeMs);
        replay.compare(window, true, new Findings(spans::add, _ -> {}));
        return spans;
    }

    /// @return what names the series of the spans, and no other
    private Exactly keep(Window window, Spans spans) {
        Exactly exactly = new Exactly();
        ChunkWriter writer = new ChunkWriter(kept);
        long samples = 0;
        try (Reading there = replay.read(selectors(spans), window.range())) {
            while (there.hasNext()) {
                Series series = there.next();
                exactly.seen(series.labels());
                if (spans.has(series.labels())) {
                    Series some = spans.within(series);
                    samples += some.size();
                    writer.add(some);
                }
            }
        } catch (RuntimeException | Error e) {
            writer.discard();
            throw e;
        }
        if (samples < spans.conflicts()) {
            writer.discard();
            throw new Transient(
                    "the target had %,d samples to be replaced in %s, and now has %,d"
                            .formatted(spans.conflicts(), window.range(), samples));
        }
        writer.close();
        return exactly;
    }

    /// All series that may be taken for one of the spans: those of the same metrics.
    private static List<Selector> selectors(Spans spans) {
        List<String> metrics = spans.metrics();
        return metrics.size() > MOST_METRICS || metrics.contains("")
                ? List.of(StreamConfig.EVERYTHING)
                : metrics.stream().map(Replacing::ofMetric).toList();
    }

    private static Selector ofMetric(String name) {
        return Selector.of(List.of(new Matcher(Op.EQUAL, Labels.METRIC_NAME, name)));
    }

    private long stayed(Window window, Spans spans) {
        long[] stayed = {0};
        replay.compare(
                window,
                true,
                new Findings(difference -> stayed[0] += spans.conflicting(difference), _ -> {}));
        return stayed[0];
    }
}
