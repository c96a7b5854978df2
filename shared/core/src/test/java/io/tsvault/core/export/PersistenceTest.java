package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.vault.StreamState.Trouble;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class PersistenceTest {
    private final Site site = site();

    /// Slices, the begin of the history, a slice of nothing and one that is read again.
    private static Site site() {
        return new Site()
                .set("reread", "1h")
                .scrape("up", minutes(0), minutes(30))
                .scrape("up", minutes(45), minutes(120))
                .at(minutes(61));
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static List<Exported> life(Site site) {
        Exported first = site.export();
        site.scrape("late", minutes(0), minutes(15)).at(minutes(62).plus(minutes(60)));
        return List.of(first, site.export());
    }

    @Test
    void S03_everyQuestionOfARunIsAskedAgain() {
        List<Exported> undisturbed = life(site);
        assertThat(undisturbed).noneMatch(exported -> exported.problem().isPresent());
        assertThat(undisturbed.getLast().amended()).isOne();
        assertThat(site.kinds()).contains("GAP", "COMMITTED");
        int calls = site.source.calls();

        for (int good = 0; good < calls; good++) {
            Site disturbed = site();
            disturbed.source.failAfter(good, () -> new Transient("503"));

            List<Exported> lived = life(disturbed);

            assertThat(disturbed.pauses).as("call %d", good).containsExactly(Duration.ofSeconds(2));
            assertThat(lived).as("call %d", good).isEqualTo(undisturbed);
            assertThat(disturbed.kept()).as("call %d", good).isEqualTo(site.kept());
        }
    }

    @Test
    void S01_aSourceThatIsNotThereIsRememberedInTheVault() {
        site.source.failNext(4, () -> new Transient("GET http://a: connection refused"));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.LATER);
        assertThat(exported.problem().orElseThrow().message())
                .isEqualTo(
                        "prod from source a: GET http://a: connection refused; nothing of this is"
                                + " kept, and the next run tries again");
        Trouble trouble = site.log().state().trouble().orElseThrow();
        assertThat(trouble.last().problem()).isEqualTo("GET http://a: connection refused");
        assertThat(trouble.sinceMs()).isEqualTo(trouble.lastMs());
        assertThat(site.log().state().earliestMs()).as("no slice was tried").isEmpty();
    }

    @Test
    void S01_aMonthWithoutSourceIsARecordADay() {
        for (int i = 0; i < 30 * 4; i++) {
            String port = "port " + i;
            site.source.failNext(4, () -> new Transient("connection refused, " + port));
            site.export();
            site.pass(Duration.ofHours(6).minusSeconds(14));
        }

        assertThat(site.log().head().seq()).isBetween(30L, 33L);
    }

    @Test
    void S15_failuresThatAreOthersAreRecordedButNotEachOfThem() {
        for (int i = 0; i < 10; i++) {
            site.source.failNext(1, () -> new Permanent("401"));
            site.export();
            site.source.failNext(1, () -> new Permanent("404"));
            site.export();
        }

        assertThat(site.log().head().seq()).isEqualTo(3);
        assertThat(site.log().state().trouble().map(trouble -> trouble.last().outlook()))
                .contains(Outlook.PERSON);
    }

    @Test
    void whatFailedIsForgottenOnceItWorks() {
        site.source.failNext(1, () -> new Permanent("401"));
        site.export();

        site.export();

        assertThat(site.log().state().trouble()).isEmpty();
    }
}
