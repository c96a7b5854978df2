package io.tsvault.core.vault.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A plan in which everything is said.
///
/// @param faults at most one for a request
/// @param turns who goes first, and how far; then the others go to their ends, in their order
/// @param delay of all that is late
record Script(List<Strike> faults, List<Turn> turns, int delay) implements Plan {
    /// A fault.
    record Strike(String actor, int request, Fault fault) {
        @Override
        public String toString() {
            return "%s's request %d %s".formatted(actor, request, fault);
        }
    }

    /// This actor goes on until it has made so many requests in all, or is done.
    record Turn(String actor, int requests) {
        static Turn toTheEnd(String actor) {
            return new Turn(actor, Integer.MAX_VALUE);
        }

        @Override
        public String toString() {
            return requests == Integer.MAX_VALUE
                    ? actor + " to its end"
                    : "%s for %d requests".formatted(actor, requests);
        }
    }

    Script {
        faults = List.copyOf(faults);
        turns = List.copyOf(turns);
    }

    /// Nothing goes wrong.
    static final Script NOTHING = new Script(List.of(), List.of(), 1);

    Script with(Strike strike) {
        List<Strike> more = new ArrayList<>(faults);
        more.add(strike);
        return new Script(more, turns, delay);
    }

    Script with(Turn turn) {
        List<Turn> more = new ArrayList<>(turns);
        more.add(turn);
        return new Script(faults, more, delay);
    }

    Script delayed(int steps) {
        return new Script(faults, turns, steps);
    }

    @Override
    public long seed() {
        return 0;
    }

    @Override
    public Fault fault(Actor actor, int request) {
        return faults.stream()
                .filter(s -> s.request() == request && s.actor().equals(actor.name()))
                .map(Strike::fault)
                .findFirst()
                .orElse(Fault.NONE);
    }

    @Override
    public Actor next(List<Actor> ready, Actor current) {
        for (Turn turn : turns) {
            for (Actor actor : ready) {
                if (actor.name().equals(turn.actor()) && actor.requests() < turn.requests()) {
                    return actor;
                }
            }
        }
        return ready.getFirst();
    }

    @Override
    public String toString() {
        String said =
                Stream.concat(faults.stream(), turns.stream())
                        .map(Object::toString)
                        .collect(Collectors.joining(", "));
        return said.isEmpty() ? "nothing goes wrong" : said + ", delays of " + delay;
    }
}
