package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Mistakes that are planted: the audit has to see each of them.
final class Mutants {
    private Mutants() {}

    /// Plays each of them until a rule is broken, and prints which.
    ///
    /// @param atLeast so many there have to be
    /// @param plans what it is played by
    static void requireCaught(
            Map<String, Scenario> mutants, int atLeast, Function<Scenario, Stream<Plan>> plans) {
        Map<String, String> table = new ConcurrentSkipListMap<>();
        mutants.entrySet().parallelStream()
                .forEach(
                        mutant -> {
                            Scenario scenario = mutant.getValue();
                            table.put(mutant.getKey(), caught(scenario, plans.apply(scenario)));
                        });
        System.out.println(
                """
                | mistake | played in | caught by | rule |
                |---|---|---|---|
                """
                        + table.entrySet().stream()
                                .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |")
                                .collect(Collectors.joining("\n")));
        assertThat(table).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(table).allSatisfy((name, row) -> assertThat(row).as(name).contains(" | "));
    }

    /// What chance brings.
    static Stream<Plan> chances(int seeds) {
        return IntStream.rangeClosed(1, seeds).mapToObj(Chance::new);
    }

    private static String caught(Scenario mutant, Stream<Plan> plans) {
        return plans.map(plan -> played(mutant, plan))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("survived");
    }

    private static Optional<String> played(Scenario mutant, Plan plan) {
        try {
            mutant.run(plan);
            return Optional.empty();
        } catch (Rule.Broken e) {
            return Optional.of("%s | %s | %s".formatted(mutant.name(), plan, e.rule().name()));
        }
    }
}
