package io.tsvault.core.vault.sim;

import io.tsvault.core.vault.sim.Script.Strike;
import io.tsvault.core.vault.sim.Script.Turn;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// All plans of a kind, one by one.
final class Plans {
    /// Soon, after a try or two; in a later life; after all lives.
    private static final List<Integer> DELAYS = List.of(2, 12, 100_000);

    private final Scenario scenario;

    Plans(Scenario scenario) {
        this.scenario = scenario;
    }

    private static Stream<Fault> faults(boolean kills) {
        return Stream.of(Fault.values())
                .filter(fault -> fault != Fault.NONE && fault.kills() == kills);
    }

    private List<String> actors() {
        return List.copyOf(scenario.programs().keySet());
    }

    /// The requests that this actor makes, when this happens. Of a row of old records that are read
    /// one by one, the first and the last stand for all.
    private Stream<Integer> requests(Script script, String actor, int from) {
        Actor played =
                scenario.run(script).actors().stream()
                        .filter(there -> there.name().equals(actor))
                        .findFirst()
                        .orElseThrow();
        List<String> asked = played.asked();
        return IntStream.range(from, played.requests())
                .filter(at -> !isWithinRow(asked, at))
                .boxed();
    }

    private static boolean isWithinRow(List<String> asked, int at) {
        return at > 0
                && at + 1 < asked.size()
                && asked.subList(at - 1, at + 2).stream()
                        .allMatch(what -> what.startsWith("read " + Keys.RECORDS));
    }

    /// Each actor dies before, and after, each of its requests.
    Stream<Script> crashes() {
        return actors().stream().flatMap(actor -> crashes(Script.NOTHING, actor, 0));
    }

    private Stream<Script> crashes(Script script, String actor, int from) {
        return requests(script, actor, from)
                .flatMap(at -> faults(true).map(death -> new Strike(actor, at, death)))
                .map(script::with);
    }

    /// Each fault at each request.
    Stream<Script> faults() {
        return actors().stream().flatMap(this::strikes);
    }

    private Stream<Script> strikes(String actor) {
        return requests(Script.NOTHING, actor, 0)
                .flatMap(at -> faults(false).map(fault -> new Strike(actor, at, fault)))
                .flatMap(Plans::delays);
    }

    private static Stream<Script> delays(Strike strike) {
        return (strike.fault().isLate() ? DELAYS.stream() : Stream.of(1))
                .map(delay -> Script.NOTHING.delayed(delay).with(strike));
    }

    /// Each fault at each request, and then a death at each later one.
    Stream<Script> faultsThenCrashes() {
        return faults().flatMap(strike -> crashes(strike, struck(strike), behind(strike)));
    }

    private static String struck(Script strike) {
        return strike.faults().getFirst().actor();
    }

    private static int behind(Script strike) {
        return strike.faults().getFirst().request() + 1;
    }

    private Stream<String> others(String actor) {
        return actors().stream().filter(other -> !other.equals(actor));
    }

    /// One goes to each of its requests; another goes to each of its; the first goes on to its
    /// end, and then the other. The other also dies where it stopped.
    Stream<Script> switches() {
        return actors().stream()
                .flatMap(
                        first ->
                                requests(Script.NOTHING, first, 0)
                                        .map(at -> new Turn(first, at))
                                        .flatMap(this::switches));
    }

    private Stream<Script> switches(Turn first) {
        return others(first.actor()).flatMap(other -> switches(first, other));
    }

    private Stream<Script> switches(Turn first, String other) {
        Script begin = Script.NOTHING.with(first);
        return requests(begin.with(Turn.toTheEnd(other)), other, 0)
                .flatMap(
                        at -> {
                            Script both =
                                    begin.with(new Turn(other, at + 1))
                                            .with(Turn.toTheEnd(first.actor()));
                            return Stream.of(
                                    both, both.with(new Strike(other, at, Fault.DIES_AFTER)));
                        });
    }

    /// Each fault at each request of one; from each later request on, another runs to its end.
    Stream<Script> faultsThenSwitches() {
        return faults().flatMap(
                        strike ->
                                requests(strike, struck(strike), behind(strike))
                                        .map(at -> strike.with(new Turn(struck(strike), at)))
                                        .flatMap(script -> switchedTo(script, struck(strike))));
    }

    private Stream<Script> switchedTo(Script script, String from) {
        return others(from).map(other -> script.with(Turn.toTheEnd(other)));
    }
}
