package io.tsvault.core.vault.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

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
        Map<String, String> table = new ConcurrentSkipListMap<>();
        WrongBackups.all().entrySet().parallelStream()
                .forEach(mutant -> table.put(mutant.getKey(), caught(mutant.getValue())));
        System.out.println(
                """
                | mistake | caught by | rule |
                |---|---|---|
                """
                        + table.entrySet().stream()
                                .map(row -> "| " + row.getKey() + " | " + row.getValue() + " |")
                                .collect(Collectors.joining("\n")));
        assertThat(table).hasSizeGreaterThanOrEqualTo(15);
        assertThat(table).allSatisfy((name, row) -> assertThat(row).as(name).contains(" | "));
    }

    private static String caught(Scenario mutant) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            try {
                mutant.run(new Chance(seed));
            } catch (Rule.Broken e) {
                return "seed %d | %s".formatted(seed, e.rule().name());
            }
        }
        return "survived";
    }
}
