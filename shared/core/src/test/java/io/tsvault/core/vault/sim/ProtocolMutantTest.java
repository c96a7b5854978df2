package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The audit sees: each of these mistakes breaks a rule, and nothing else does.
@Tag("slow")
class ProtocolMutantTest {
    private static final int SEEDS = 1000;

    private static Map<String, Scenario> mutants() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.putAll(BrokenStores.all());
        all.putAll(CarelessClients.all());
        all.putAll(WrongExports.all());
        all.putAll(WrongCare.all());
        return all;
    }

    @Test
    void everyMistakeIsCaught() {
        Map<String, String> table = new LinkedHashMap<>();
        mutants().forEach((name, scenario) -> table.put(name, caught(scenario)));
        System.out.println(
                """
                | mistake | played in | caught by | rule |
                |---|---|---|---|
                """
                        + table.entrySet().stream()
                                .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |")
                                .collect(Collectors.joining("\n")));
        assertThat(table).hasSizeGreaterThanOrEqualTo(50);
        assertThat(table).allSatisfy((name, row) -> assertThat(row).as(name).contains(" | "));
    }

    /// By chance first; what is too rare for that, by trying everything.
    private static String caught(Scenario mutant) {
        for (int seed = 0; seed <= SEEDS; seed++) {
            Optional<String> row = played(mutant, seed == 0 ? Script.NOTHING : new Chance(seed));
            if (row.isPresent()) {
                return row.get();
            }
        }
        return new Plans(mutant)
                .faultsThenSwitches()
                .map(script -> played(mutant, script))
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

    @Test
    void withoutAMistakeNoRuleIsBroken() {
        Scenario bare = Scenarios.GC_EXPORT.with("exporter", new BareExporter(3));
        for (int seed = 1; seed <= 500; seed++) {
            bare.run(new Chance(seed));
        }
    }
}
