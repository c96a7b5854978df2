package io.tsvault.core.vault.sim;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The exporter of production, on a source and a store that both do what they can to mislead it.
@Tag("slow")
class BackupTest {
    /// The rarest mistakes show once in a hundred and fifty runs.
    private static final int SEEDS = 1_200;

    @Test
    void anExporterComesThroughWhateverItsSourceDoes() {
        ManySeedsTest.play(Scenarios.BACKUPS, 1, 1_500);
    }

    @Test
    @Tag("campaign")
    void anExporterComesThroughALongCampaign() {
        ManySeedsTest.play(Scenarios.BACKUPS, 1_000_000, 200_000);
    }

    @Test
    void L01_anExporterMayDieAnywhere() {
        Scenarios.BACKUPS.parallelStream()
                .forEach(scenario -> new Plans(scenario).crashes().forEach(scenario::run));
    }

    /// Without what only a count shows, counting changes nothing: the mistakes that are played so
    /// are not caught for that.
    @Test
    void anExporterThatDoesNotCountIsRightWhereNothingIsHidden() {
        Scenario uncounted = Scenarios.BACKUP.with("exporter", Backup.USUAL.uncounted());
        for (int seed = 1; seed <= 200; seed++) {
            uncounted.run(new Chance(seed));
        }
    }

    @Test
    void everyMistakeOfAnExporterIsCaught() {
        Mutants.requireCaught(WrongBackups.all(), 15, _ -> Mutants.chances(SEEDS));
    }
}
