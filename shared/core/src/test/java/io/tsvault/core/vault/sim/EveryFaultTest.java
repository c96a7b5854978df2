package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Nothing is left to chance: what can go wrong at one place, and at two.
@Tag("slow")
class EveryFaultTest {
    /// A slice is kept, and the next record is a STATE.
    private static final int BEFORE_STATE = 30;

    private static Stream<Scenario> everyPast(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(
                        scenario ->
                                Stream.of(-1, BEFORE_STATE, BEFORE_STATE + 1)
                                        .map(past -> Math.max(past, scenario.records()))
                                        .map(past -> scenario.after(past, scenario.slices())));
    }

    private static long play(Stream<Scenario> scenarios, Function<Plans, Stream<Script>> kind) {
        return scenarios
                .parallel()
                .mapToLong(
                        scenario ->
                                kind.apply(new Plans(scenario))
                                        .peek(scenario::run)
                                        .mapToLong(_ -> 1)
                                        .sum())
                .sum();
    }

    @Test
    void L01_anyProgramMayDieAnywhere() {
        assertThat(play(everyPast(Scenarios.ALONE), Plans::crashes)).isGreaterThan(600);
        assertThat(play(Scenarios.PAIRS.stream(), Plans::crashes)).isGreaterThan(600);
    }

    @Test
    void O02_anyRequestMayFailInAnyWay() {
        assertThat(play(everyPast(Scenarios.ALONE), Plans::faults)).isGreaterThan(5_000);
    }

    @Test
    void H25_aCopyMayBePromotedWhileItIsMade() {
        Stream<Scenario> copies = Stream.of(Scenarios.COPY_PROMOTE);
        assertThat(play(copies, Plans::faults)).isGreaterThan(500);
    }

    @Test
    void O29_anyFaultMayBeFollowedByAnyDeathWhileASliceIsKept() {
        Stream<Scenario> kept =
                Stream.of(Scenarios.COMMIT, Scenarios.PARTS, Scenarios.AMEND)
                        .flatMap(
                                scenario ->
                                        Stream.of(
                                                scenario,
                                                scenario.after(BEFORE_STATE, scenario.slices())));
        assertThat(play(kept, Plans::faultsThenCrashes)).isGreaterThan(10_000);
    }

    @Test
    void O04_anyTwoMayBeInEachOthersWayAnywhere() {
        assertThat(play(Scenarios.PAIRS.stream(), Plans::switches)).isGreaterThan(8_000);
    }

    @Test
    void theSamePlanIsTheSameRun() {
        IntStream.range(0, 200)
                .forEach(
                        seed -> {
                            Scenario scenario = Scenarios.TOGETHER.get(seed % 5);
                            List<String> once = scenario.run(new Chance(seed)).trace();
                            assertThat(scenario.run(new Chance(seed)).trace())
                                    .as("seed %d", seed)
                                    .isEqualTo(once);
                        });
    }
}
