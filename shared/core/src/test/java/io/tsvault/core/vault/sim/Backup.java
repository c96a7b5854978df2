package io.tsvault.core.vault.sim;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported;
import io.tsvault.core.export.Exporter;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.export.Progress;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.record.Event.Resume;
import io.tsvault.core.vault.sim.FickleSource.Mood;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Exports the first slices of a [Chronicle] by the exporter of production.
///
/// @param settings of the stream
/// @param range what is ordered
/// @param moods what goes wrong at the source
/// @param meets what is between the source and the exporter: nothing, or a mistake
record Backup(
        Map<String, String> settings,
        TimeRange range,
        List<Mood> moods,
        UnaryOperator<Source> meets)
        implements Program {
    static final TimeRange ALL =
            new TimeRange(Long.MIN_VALUE, Chronicle.slice(Chronicle.SLICES - 1).endMs());

    /// As it should be. Each slice is counted: nothing else shows what is lost in silence.
    static final Backup USUAL =
            new Backup(
                    Map.of(
                            "source", "a",
                            "selectors", "{__name__=~\"up|work|zeal\"}",
                            "slice", "6h",
                            "settle", Chronicle.SETTLE.toMinutes() + "m",
                            "reread", Chronicle.REREAD.toHours() + "h",
                            "start", Instant.ofEpochMilli(Slices.ORIGIN_MS).toString(),
                            "count", "always"),
                    ALL,
                    List.of(Mood.values()),
                    UnaryOperator.identity());

    Backup with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new Backup(more, range, moods, meets);
    }

    Backup of(TimeRange other) {
        return new Backup(settings, other, moods, meets);
    }

    /// Nothing is counted, and nothing goes wrong that only a count could show.
    Backup uncounted() {
        List<Mood> told = moods.stream().filter(mood -> mood != Mood.KEEPS_SILENT).toList();
        return new Backup(settings, range, told, meets).with("count", "off");
    }

    Backup meeting(UnaryOperator<Source> mistake) {
        return new Backup(settings, range, moods, mistake);
    }

    /// In the end it is late enough to read everything again, and a person has looked.
    @Override
    public void run(Actor me) {
        if (me.world().isCalm()) {
            me.world().passes(Duration.ofDays(2));
        }
        StreamLog log = me.log();
        if (me.world().isCalm()) {
            log.append(state -> state.halt().map(_ -> new Resume("the source is well again")));
        }
        Exporter exporter =
                new Exporter(
                        log,
                        StreamConfig.from(settings),
                        meets.apply(new FickleSource(me, moods)),
                        new Exporter.Surroundings(
                                me.world().clock(), me.world()::passes, Progress.SILENT));
        Exported exported = exporter.run(new Order(range, Instant.MAX));
        exported.watermarkMs().ifPresent(ms -> me.claimWatermark(me.world().main(), log, ms));
        exported.problem()
                .ifPresent(
                        problem -> {
                            me.world().trace().add(me.name() + ": " + problem);
                            throw new Transient(problem.message());
                        });
    }
}
