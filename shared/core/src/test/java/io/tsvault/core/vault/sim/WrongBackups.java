package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Gap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Mistakes that an exporter could make with what a source tells it. Those in reading are made
/// between the source and the exporter of production, those in writing after it.
final class WrongBackups {
    private WrongBackups() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("a reading that broke off is taken for whole", sees(WrongReadings.BrokenOff::new));
        all.put("a reading that failed is taken for an empty one", sees(WrongReadings.Failed::new));
        all.put("what is too much is left out", sees(WrongReadings.TooMuchLeftOut::new));
        all.put("warnings are not read", sees(WrongReadings.Unwarned::new));
        all.put("only one window of a slice is read", sees(WrongReadings.FirstWindow::new));
        all.put("the first millisecond is left out", sees(WrongReadings.LeftOpen::new));
        all.put("a count that failed is one of nothing", plays(counting()));
        all.put("nothing of ours is nothing at all", sees(WrongReadings.OfOursOnly::new));
        all.put("nothing is counted", plays(Backup.USUAL.with("count", "off")));
        all.put("what is not all is kept", plays(Backup.USUAL.uncounted().with("partial", "true")));
        all.put("nothing is read again", plays(Backup.USUAL.with("reread", "off")));
        all.put("a way that loses is taken", plays(Backup.USUAL.with("mode", Way.RAW.toString())));
        all.put("it begins with the newest slice", plays(from(Chronicle.slice(4).startMs())));
        all.put("due is only what is behind the newest", plays(WrongBackups::behindNewest));
        all.put("what cannot be read is a GAP", plays(WrongBackups::givesUp));
        all.put("less is kept over more", plays(WrongBackups::amendsAnything));
        all.put("a part that was not read is kept", partUnread());
        return all;
    }

    private static Scenario plays(Program program) {
        return Scenarios.BACKUP.with("exporter", program);
    }

    /// Not counted, since a count shows most of these mistakes to the exporter itself.
    private static Scenario sees(UnaryOperator<Source> mistake) {
        return plays(Backup.USUAL.uncounted().meeting(mistake));
    }

    private static Backup counting() {
        return Backup.USUAL.meeting(WrongReadings.Uncounted::new);
    }

    private static Scenario partUnread() {
        Backup inParts = Backup.USUAL.uncounted().with("parts", "work");
        return Scenarios.BACKUP_IN_PARTS.with(
                "exporter", inParts.meeting(WrongReadings.Failed::new));
    }

    private static Backup from(long startMs) {
        return Backup.USUAL.of(new TimeRange(startMs, Backup.ALL.endMs()));
    }

    private static void behindNewest(Actor me) {
        long newestMs =
                me.log().state().slices().stream()
                        .mapToLong(settled -> settled.slice().endMs())
                        .max()
                        .orElse(Slices.ORIGIN_MS);
        long lastMs = Chronicle.slice(Chronicle.SLICES - 1).startMs();
        from(Math.min(newestMs, lastMs)).run(me);
    }

    private static void givesUp(Actor me) {
        try {
            Backup.USUAL.run(me);
        } catch (Transient e) {
            StreamLog log = me.log();
            log.append(
                    state -> {
                        TimeRange slice = Chronicle.slice(0);
                        return state.isUnsettled(slice)
                                ? Optional.of(new Gap(slice, String.valueOf(e.getMessage())))
                                : Optional.empty();
                    });
            throw e;
        }
    }

    private static void amendsAnything(Actor me) {
        Backup.USUAL.with("reread", "off").run(me);
        StreamLog log = me.log();
        for (Settled settled : List.copyOf(log.state().slices())) {
            long dueMs = settled.slice().endMs() + Chronicle.REREAD.toMillis();
            if (settled.revisions().size() == 1 && dueMs <= me.world().now().toEpochMilli()) {
                amend(me, log, settled);
            }
        }
    }

    private static void amend(Actor me, StreamLog log, Settled settled) {
        Source source = new FickleSource(me, Backup.USUAL.moods());
        Mode mode = Mode.of(Way.REMOTE_READ);
        Selector ours = Selector.parse(Backup.USUAL.settings().getOrDefault("selectors", ""));
        Deposit deposit = log.deposit(settled.slice());
        ChunkWriter writer = new ChunkWriter(deposit::add);
        long step = Source.WINDOW_MS;
        for (long at = settled.slice().startMs(); at < settled.slice().endMs(); at += step) {
            try (Reading reading = source.read(mode, ours, new TimeRange(at, at + step))) {
                reading.forEachRemaining(writer::add);
            } catch (TooMuch e) {
                throw new Transient("too much", e);
            }
        }
        writer.close();
        deposit.amend(1, settled.revisions().getFirst().capture());
    }
}
