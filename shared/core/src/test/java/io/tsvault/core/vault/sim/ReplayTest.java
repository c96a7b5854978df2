package io.tsvault.core.vault.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Plays one run again: `-Dtest=ReplayTest -Dtsvault.sim=gc-export/2/4711`, as the failure said.
@EnabledIfSystemProperty(named = "tsvault.sim", matches = ".+")
class ReplayTest {
    @Test
    void theSameAgain() {
        String[] run = System.getProperty("tsvault.sim", "").split("/", 3);
        Scenario scenario = Scenarios.named(run[0]);
        Chance chance = new Chance(Long.parseLong(run[2]));
        scenario.after(Integer.parseInt(run[1]), scenario.slices()).run(chance);
    }
}
