package io.tsvault.core.vault.sim;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
        Mutants.requireCaught(mutants(), 50, ProtocolMutantTest::plans);
    }

    /// By chance first; what is too rare for that, by trying everything.
    private static Stream<Plan> plans(Scenario mutant) {
        return Stream.<Supplier<Stream<? extends Plan>>>of(
                        () -> Stream.of(Script.NOTHING),
                        () -> Mutants.chances(SEEDS),
                        () -> new Plans(mutant).faultsThenSwitches())
                .flatMap(Supplier::get);
    }

    @Test
    void withoutAMistakeNoRuleIsBroken() {
        Scenario bare = Scenarios.GC_EXPORT.with("exporter", new BareExporter(3));
        for (int seed = 1; seed <= 500; seed++) {
            bare.run(new Chance(seed));
        }
    }
}
