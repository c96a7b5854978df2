package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.source.Way;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Unsound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Captures what is due of one stream, as long as there is time. Whatever stops it, the next run
/// goes on from the records.
public final class Exporter {
    private static final Duration NOTABLE_SKEW = Duration.ofMinutes(1);
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final StreamLog log;
    private final StreamConfig config;
    private final Source source;
    private final Surroundings around;

    /// What an export takes from the world around it, and tells it.
    ///
    /// @param pause between two tries
    public record Surroundings(Clock clock, Pause pause, Progress progress) {}

    /// What an export is about.
    ///
    /// @param range only what is in it; [TimeRange#ALL] for everything
    /// @param until no slice is begun that may not be done by then
    public record Order(TimeRange range, Instant until) {
        /// Everything, without haste.
        public static final Order ALL = new Order(TimeRange.ALL, Instant.MAX);
    }

    /// From `source` into the stream of `log`.
    public Exporter(StreamLog log, StreamConfig config, Source source, Surroundings around) {
        this.log = log;
        this.config = config;
        this.source = source;
        this.around = around;
    }

    /// Captures what is due. What went wrong is in the result, with what had been done before.
    public Exported run(Order order) {
        ExportRun run = new ExportRun(log, around);
        try {
            log.refresh();
            Optional<Unsound> halt = log.state().halt();
            if (halt.isPresent()) {
                run.ends(Problem.Kind.HALTED, halted(halt.get()));
                return run.result();
            }
            Abilities abilities = source.probe();
            run.warnings(new SameServer(log, config, source).require(abilities));
            run.warnings(skew(abilities));
            line(abilities, order).ifPresent(line -> run.on(line, order));
        } catch (Permanent e) {
            run.ends(Problem.Kind.PERSON, String.valueOf(e.getMessage()));
        } catch (Transient | TooMuch e) {
            run.ends(Problem.Kind.LATER, String.valueOf(e.getMessage()));
        }
        return run.result();
    }

    /// About what a run would take now; nothing when nothing is due.
    ///
    /// @throws Permanent when a person has to do something first
    /// @throws Transient when the source does not answer
    public Optional<Forecast> forecast(Order order) {
        log.refresh();
        return line(source.probe(), order)
                .flatMap(
                        line -> {
                            Due due = new ExportRun(log, around).due(line, order);
                            return due.size() == 0
                                    ? Optional.empty()
                                    : Optional.of(Forecast.of(line, due));
                        });
    }

    private Optional<Line> line(Abilities abilities, Order order) {
        OptionalLong origin = origin(order);
        return origin.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Line(
                                log,
                                config,
                                source,
                                abilities,
                                mode(abilities),
                                origin.getAsLong(),
                                around.progress()));
    }

    private String halted(Unsound halt) {
        String name = log.name().id();
        return ("stream %s has halted: %d tries did not give slice %s as it is; the last one: %s;"
                        + " mend that, then say so: tsvault ack %s --note TEXT")
                .formatted(
                        name,
                        halt.tries(),
                        Instant.ofEpochMilli(halt.slice().startMs()),
                        halt.problem(),
                        name);
    }

    private List<String> skew(Abilities abilities) {
        Duration skew = Duration.between(around.clock().instant(), abilities.clock());
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

    private Mode mode(Abilities abilities) {
        if (config.mode().isPresent()) {
            return config.mode().get();
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
                                                        + " query-range --step 30s"));
        return Mode.of(best);
    }

    /// Where the history of the stream begins; none while the source has nothing. Older slices are
    /// for those who ask for them by name.
    private OptionalLong origin(Order order) {
        Optional<Long> known =
                config.start()
                        .map(Instant::toEpochMilli)
                        .or(() -> log.state().earliestMs().stream().boxed().findFirst());
        long askedMs = order.range().startMs();
        Optional<Long> first =
                askedMs == Long.MIN_VALUE
                        ? known.or(this::oldest)
                        : Optional.of(Math.min(askedMs, known.orElse(askedMs)));
        return first.map(ms -> OptionalLong.of(aligned(ms))).orElse(OptionalLong.empty());
    }

    private long aligned(long ms) {
        long widthMs = config.slice().toMillis();
        return Math.floorDiv(ms, widthMs) * widthMs;
    }

    /// Sources know the begin of their history to the hour: slices are looked at from there on.
    private Optional<Long> oldest() {
        Optional<Long> hour =
                config.selectors().stream()
                        .flatMap(selector -> source.oldest(selector).stream())
                        .map(Instant::toEpochMilli)
                        .min(Long::compare);
        return hour.map(
                ms -> {
                    long widthMs = config.slice().toMillis();
                    long startMs = aligned(ms);
                    Presence presence = new Presence(source);
                    while (startMs + widthMs <= ms + HOUR_MS
                            && !presence.in(new TimeRange(startMs, startMs + widthMs))) {
                        startMs += widthMs;
                    }
                    return startMs;
                });
    }
}
