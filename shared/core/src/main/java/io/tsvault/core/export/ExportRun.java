package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.vault.StreamState.Unsound;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// One run of an export, in steps: a first look at the source, then the slices that are due, then
/// those that are read again.
final class ExportRun {
    private final Route route;
    private final Order order;
    private final FirstLook look;
    private final Deadline deadline;
    private final Persistence persistence;
    private final Tally tally;
    private final Deque<Stage> stages = new ArrayDeque<>();
    private Optional<Line> line = Optional.empty();
    private Optional<Slices> slices = Optional.empty();

    ExportRun(Route route, Order order) {
        this.route = route;
        this.order = order;
        this.look = new FirstLook(route, order.range());
        this.deadline = Deadline.of(route.around().clock(), order.until());
        this.persistence = new Persistence(route.around(), deadline);
        this.tally = new Tally(route);
        stages.add(new Beginning());
    }

    /// Does what is next: a slice at most.
    ///
    /// @return false once it is over
    boolean step() {
        try {
            boolean more = !stages.isEmpty() && stages.element().step();
            if (!more) {
                stages.poll();
            }
        } catch (Doubt e) {
            route.around().progress().warns(failed(Kind.DOUBT, e));
        } catch (Permanent e) {
            String _ = failed(Kind.PERSON, e);
            stages.clear();
        } catch (Transient | TooMuch e) {
            String _ = failed(deadline.isOver() ? Kind.TIME : Kind.LATER, e);
            stages.clear();
        }
        return !stages.isEmpty();
    }

    /// One slice that is in doubt does not keep the others from being kept; a source does.
    ///
    /// @return what is told of it at once: not all of it again
    private String failed(Kind found, RuntimeException failure) {
        TimeRange about = stages.element().about();
        if (line.isEmpty()) {
            stages.clear();
        }
        new Attempts(route).failed(about, found, failure);
        Kind kind = hasHalted(about) ? Kind.HALT : found;
        String name = route.name(about) + ": ";
        tally.ends(kind, name + failure.getMessage() + advice(kind));
        return name + persistence.news(failure) + advice(kind);
    }

    private boolean hasHalted(TimeRange about) {
        return route.log().state().halt().filter(halt -> halt.slice().equals(about)).isPresent();
    }

    private String advice(Kind kind) {
        return switch (kind) {
            case LATER, DOUBT -> "; nothing of this is kept, and the next run tries again";
            case PERSON -> "; nothing of this is kept; once it is mended, the next run goes on";
            case HALT ->
                    "; nothing of this is kept, and the stream has halted: mend that, then say so: "
                            + acknowledge();
            case TIME ->
                    "; the time of this run was over; give it more, or make slices smaller, or"
                            + " divide them into parts";
        };
    }

    private String acknowledge() {
        return "tsvault ack %s --note TEXT".formatted(route.log().name().id());
    }

    Exported result() {
        return tally.result(line, slices.map(Slices::left).orElseGet(this::supposed));
    }

    /// How many slices are due, as far as that can be known without asking the source.
    private long supposed() {
        return look.known()
                .map(route::aligned)
                .map(ms -> Due.of(route, ms, deadline.clock().instant(), order.range()).size())
                .orElse(0L);
    }

    /// The first look.
    private final class Beginning implements Stage {
        @Override
        public TimeRange about() {
            return TimeRange.ALL;
        }

        @Override
        public boolean step() {
            if (deadline.isOver()) {
                tally.ends(
                        Kind.TIME,
                        "%s: no time was left to begin; the next run does"
                                .formatted(route.name(about())));
                return false;
            }
            route.log().refresh();
            Optional<Unsound> halt = route.log().state().halt();
            if (halt.isPresent()) {
                tally.ends(Kind.HALT, halted(halt.get()));
                return false;
            }
            List<String> warnings = new ArrayList<>();
            line = persistence.get(route.name(about()), () -> look(warnings));
            tally.warn(warnings);
            line.ifPresent(this::begin);
            return false;
        }

        private String halted(Unsound halt) {
            return ("%s: the stream has halted: %d tries did not give it as it is; the last one:"
                            + " %s; mend that, then say so: %s")
                    .formatted(
                            route.name(halt.slice()), halt.tries(), halt.problem(), acknowledge());
        }

        private Optional<Line> look(List<String> warnings) {
            warnings.clear();
            Abilities abilities = look.abilities();
            warnings.addAll(new SameServer(route).require(abilities));
            warnings.addAll(look.skew(abilities));
            warnings.addAll(new Unmatched(route).require(abilities));
            return look.line(abilities);
        }

        private void begin(Line found) {
            Haste haste = new Haste(persistence, new Pace(deadline, route.log().state()));
            Slices due = new Slices(found, found.due(order.range()), tally, haste);
            slices = Optional.of(due);
            stages.add(due);
            stages.add(new Rereads(found, tally, haste));
        }
    }
}
