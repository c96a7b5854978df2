package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.LongStream;

/// The restorer of production, on a store and into a target that both do what they can to mislead
/// it: what is restored is what is backed up, whoever dies, goes on, cancels or works beside it.
@Tag("slow")
class RestoreTest {
    /// The rarest mistake is seen by one run in some thousands.
    private static final int SEEDS = 15_000;

    private static void play(long from, long runs) {
        int scenarios = Restores.ALL.size();
        LongStream.range(from, from + runs)
                .parallel()
                .forEach(seed -> Restores.ALL.get((int) (seed % scenarios)).run(new Chance(seed)));
    }

    @Test
    void T08_whatIsBackedUpIsRestoredWhateverItsTargetDoes() {
        play(1, 900);
    }

    @Test
    @Tag("campaign")
    void T08_whatIsBackedUpIsRestoredInALongCampaign() {
        play(1_000_000, 200_000);
        Restores.ALL.parallelStream()
                .forEach(
                        scenario -> {
                            new Plans(scenario).faults().forEach(scenario::run);
                            new Plans(scenario).crashes().forEach(scenario::run);
                        });
    }

    @Test
    void L01_aRestorerMayDieAnywhere() {
        Scenario scenario = Restores.OVERWRITE;
        new Plans(scenario).crashes().parallel().forEach(scenario::run);
    }

    @Test
    void everyMistakeOfARestoreIsCaught() {
        Mutants.requireCaught(WrongRestores.all(), 20, _ -> Mutants.chances(SEEDS));
    }

    @Test
    void theSameSeedIsTheSameRestore() {
        for (int seed = 1; seed <= Restores.ALL.size(); seed++) {
            Scenario scenario = Restores.ALL.get(seed - 1);
            List<String> once = scenario.run(new Chance(seed)).trace();
            assertThat(scenario.run(new Chance(seed)).trace()).as("seed %d", seed).isEqualTo(once);
        }
    }
}
