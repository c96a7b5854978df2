package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.vault.StreamLog;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Captures what is due of one stream, as long as there is time. Whatever stops it, the next run
/// goes on from the records.
public final class Exporter {
    private final Route route;

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
        this.route = new Route(log, config, source, around);
    }

    /// Captures what is due. What went wrong is in the result, with what had been done before.
    public Exported run(Order order) {
        ExportRun run = begin(order);
        boolean more = true;
        while (more) {
            more = run.step();
        }
        return run.result();
    }

    /// About what a run would take now; nothing when nothing is due.
    ///
    /// @throws Permanent when a person has to do something first
    /// @throws io.tsvault.core.failure.Transient when the source does not answer
    public Optional<Forecast> forecast(Order order) {
        route.log().refresh();
        FirstLook look = new FirstLook(route, order.range());
        return new Persistence(route.around(), order.until())
                .get(route.name(TimeRange.ALL), () -> forecast(look, order));
    }

    private Optional<Forecast> forecast(FirstLook look, Order order) {
        Abilities abilities = look.abilities();
        try {
            List<String> _ = new Unmatched(route).require(abilities);
            return look.line(abilities).flatMap(line -> Forecast.of(line, line.due(order.range())));
        } catch (Doubt e) {
            throw new Permanent(String.valueOf(e.getMessage()), e);
        }
    }

    ExportRun begin(Order order) {
        return new ExportRun(route, order);
    }
}
