package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Capture;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

class ExporterTest {
    private static final Duration NEVER = Duration.ZERO;
    private static final Selector UPP = Selector.parse("upp");

    private final Site site = new Site();

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    /// And a quarter, so that something comes after each slice.
    private Site anHour() {
        return site.scrape("up", NEVER, minutes(60)).scrape("after", minutes(75), minutes(90));
    }

    @Test
    void keepsEverySliceThatHasSettled() {
        anHour().at(minutes(46));

        Exported exported = site.export();

        assertThat(exported.committed()).isEqualTo(3);
        assertThat(exported.samples()).isEqualTo(90);
        assertThat(exported.watermarkMs()).contains(Site.START.plus(minutes(45)).toEpochMilli());
        assertThat(exported.problem()).isEmpty();
        assertThat(site.samples("up")).isEqualTo(90);
    }

    @Test
    void aSliceThatHasNotSettledIsLeftAlone() {
        anHour().at(minutes(15).plusSeconds(59));

        assertThat(site.export().committed()).isZero();
    }

    @Test
    void S29_slicesAreCutByTheClockThatIsBehind() {
        anHour().at(minutes(16));
        site.source.clock(Site.START.plus(minutes(15)));

        assertThat(site.export().committed()).isZero();
    }

    @Test
    void S29_aClockFarOffStopsEverything() {
        anHour().at(minutes(60));
        site.source.clock(Site.START.plus(minutes(50)));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.PERSON);
        assertThat(exported.problem().orElseThrow().message()).contains("600 s behind");
        assertThat(site.kinds()).isEmpty();
    }

    @Test
    void S29_aClockALittleOffIsToldOnly() {
        anHour().at(minutes(60));
        site.source.clock(Site.START.plus(minutes(58)));

        Exported exported = site.export();

        assertThat(exported.warnings()).contains("the clock of the source is -120 s off ours");
        assertThat(exported.committed()).isEqualTo(3);
    }

    @Test
    void theNextRunGoesOnWhereTheLastEnded() {
        anHour().at(minutes(31));
        site.export();
        site.at(minutes(61));

        assertThat(site.export().committed()).isEqualTo(2);
        assertThat(site.export().committed()).isZero();
        assertThat(site.samples("up")).isEqualTo(120);
    }

    @Test
    void afterAnOutageNothingIsMissingAndNothingTwice() {
        site.scrape("up", NEVER, minutes(8 * 60)).at(minutes(60));
        site.export();
        site.at(minutes(7 * 60)); // six hours nobody ran

        Exported exported = site.export();

        assertThat(exported.gaps()).isEmpty();
        assertThat(site.samples("up")).isEqualTo(7 * 120 - 30);
        assertThat(site.log().state().watermarkMs(Site.START.toEpochMilli()))
                .isEqualTo(Site.START.plus(minutes(405)).toEpochMilli());
    }

    @Test
    void everyFourthSliceIsTheNewest() {
        Due due =
                Due.of(
                        site.log().state(),
                        minutes(15),
                        TimeRange.of(Site.START, Site.START.plus(minutes(90))),
                        0);
        assertThat(due.size()).isEqualTo(6);
        assertThat(starts(due, 6)).containsExactly(0L, 15L, 30L, 75L, 45L, 60L);
        assertThat(due.next()).isEmpty();
    }

    @Test
    void theFirstSliceOfAllIsTheOldestWheneverThatIs() {
        for (int hours = 1; hours <= 12; hours++) {
            Site fresh =
                    new Site()
                            .scrape("up", NEVER, Duration.ofHours(13))
                            .at(Duration.ofHours(hours));
            fresh.export();
            List<Long> records = fresh.log().state().slices().stream().map(Settled::seq).toList();
            assertThat(records.getFirst())
                    .as("%d hours", hours)
                    .isEqualTo(Collections.min(records));
        }
    }

    private static List<Long> starts(Due due, int many) {
        return IntStream.range(0, many)
                .mapToObj(_ -> due.next().orElseThrow().startMs())
                .map(ms -> Duration.ofMillis(ms - Site.START.toEpochMilli()).toMinutes())
                .toList();
    }

    @Test
    void nothingIsAskedWithoutTimeAndWhatIsLeftIsTold() {
        anHour().at(minutes(61)).set("start", Site.START.toString());

        Exported exported = site.export(new Order(TimeRange.ALL, site.clock().instant()));

        assertThat(exported.committed()).isZero();
        assertThat(site.source.calls()).isZero();
        assertThat(exported.left()).isEqualTo(4);
        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.TIME);
    }

    @Test
    void S01_whatFailsIsTriedAgain() {
        anHour().at(minutes(16));
        site.export(); // so that the next run asks only for slices
        site.at(minutes(31));
        site.source.cutAfter(0, () -> new Transient("connection refused"));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.LATER);
        assertThat(exported.problem().orElseThrow().message()).contains("connection refused");
        assertThat(site.pauses).containsExactly(seconds(2), seconds(4), seconds(8));
        assertThat(site.log().state().failures()).isEqualTo(1);
        site.source.heal();
        assertThat(site.export().committed()).isEqualTo(1);
        assertThat(site.log().state().failures()).isZero();
    }

    @Test
    void S04_theSourceMaySayHowLongToWait() {
        anHour().at(minutes(16));
        site.source.cutAfter(0, () -> new Transient("slow down", Duration.ofSeconds(30)));

        site.export();

        assertThat(site.pauses).containsExactly(seconds(30), seconds(30), seconds(30));
    }

    @Test
    void S04_butNotLongerThanThereIsTime() {
        anHour().at(minutes(16));
        site.source.cutAfter(0, () -> new Transient("slow down", Duration.ofHours(1)));

        assertThat(site.export().problem().orElseThrow().kind()).isEqualTo(Kind.LATER);
        assertThat(site.pauses).isEmpty();
    }

    @Test
    void S07_aCutReadingLeavesNothing() {
        anHour().scrape("down", NEVER, minutes(60)).at(minutes(16));
        site.source.cutAfter(1, () -> new Transient("cut"));

        site.export();

        assertThat(site.kinds()).isEmpty();
        site.source.heal();
        site.export();
        assertThat(site.samples("up")).isEqualTo(30);
        assertThat(site.samples("down")).isEqualTo(30);
    }

    @Test
    void S15_whatAPersonHasToMendStopsTheRun() {
        anHour().at(minutes(61));
        site.source.cutAfter(0, () -> new Permanent("401: the token is wrong"));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.PERSON);
        assertThat(exported.left()).isEqualTo(4);
        assertThat(site.pauses).isEmpty();
    }

    @Test
    void S17_aPartialAnswerIsNotKept() {
        anHour().at(minutes(16));
        site.source.warn("a store did not answer");

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().message())
                .contains("a store did not answer")
                .contains("tsvault stream add prod --replace --accept-partial");
        assertThat(site.kinds()).isEmpty();
    }

    @Test
    void S17_unlessItIsAcceptedAndThenItIsMarked() {
        anHour().at(minutes(16)).set("partial", "true");
        site.source.warn("a store did not answer");

        assertThat(site.export().partial()).isEqualTo(1);
        assertThat(site.kinds()).containsExactly("PARTIAL");
        assertThat(site.log().state().newestCapture().orElseThrow().warnings())
                .containsExactly("a store did not answer");
    }

    @Test
    void S17_ofManyWarningsAFewAreTold() {
        anHour().at(minutes(16));
        for (int i = 0; i < 9; i++) {
            site.source.warn("store " + i + " did not answer");
        }

        assertThat(site.export().problem().orElseThrow().message())
                .contains("store 2 did not answer; and 6 more; mend that")
                .doesNotContain("store 3");
    }

    @Test
    void S18_whatIsReadMustBeWhatIsCounted() {
        anHour().at(minutes(16));

        Exported exported = site.export(new Forgetful(site.source), Order.ALL);

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.DOUBT);
        assertThat(exported.problem().orElseThrow().message())
                .contains("30 samples of up were read, but the source counts 31")
                .contains("; read and counted: up{job=\"node\"} 30 and 31; ");
        assertThat(site.kinds()).isEmpty();
    }

    @Test
    void S18_ofManyMetricsAndSeriesThatDifferTheFirstAreNamed() {
        for (int i = 0; i < 9; i++) {
            Samples samples = Samples.builder().add(Site.START.toEpochMilli(), i).build();
            site.source.add(new Series(Labels.of("__name__", "a_total", "i", "" + i), samples));
        }
        anHour().at(minutes(16));

        Exported exported = site.export(new Forgetful(site.source), Order.ALL);

        assertThat(exported.problem().orElseThrow().message())
                .contains("9 samples of a_total were read, but the source counts 10")
                .contains("a_total{i=\"0\"} 1 and 2, ")
                .contains("a_total{i=\"2\"} 1 and 2 and 6 series more")
                .contains("; 2 metrics differ in all; ");
    }

    @Test
    void S18_theCountCanBeLeftOut() {
        anHour().at(minutes(16)).set("count", "off");

        assertThat(site.export(new Forgetful(site.source), Order.ALL).committed()).isEqualTo(1);
    }

    @Test
    void S19_tooMuchAtOnceIsReadInPiecesAndThatIsRemembered() {
        anHour().scrape("down", NEVER, minutes(60)).at(minutes(31));
        site.set("slice", "30m");
        site.source.limit(40);

        Exported exported = site.export();

        assertThat(exported.committed()).isEqualTo(1);
        assertThat(site.samples("up")).isEqualTo(60);
        assertThat(site.log().state().newestCapture().orElseThrow().notes())
                .containsEntry("piece", "PT15M");
        site.at(minutes(61));
        assertThat(site.export().committed()).isEqualTo(1);
        assertThat(site.samples("down")).isEqualTo(120);
    }

    @Test
    void S19_inTheEndByTheValuesOfALabel() {
        for (int i = 0; i < 9; i++) {
            Samples samples = Samples.builder().add(Site.START.toEpochMilli(), i).build();
            site.source.add(
                    new Series(Labels.of("__name__", "up", "i", "" + i, "job", "a"), samples));
        }
        site.at(minutes(16));
        site.source.limit(3);

        assertThat(site.export().samples()).isEqualTo(9);
    }

    @Test
    void S19_andThenAPersonIsAsked() {
        anHour().at(minutes(16));
        site.source.limit(0);

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.PERSON);
        assertThat(exported.problem().orElseThrow().message()).contains("raise its limits");
    }

    @Test
    void S31_whatTheSourceHasForgottenIsAGap() {
        anHour().at(minutes(16));
        site.export();
        site.at(minutes(61));
        site.source.forgetBefore(Site.START.plus(minutes(30)));

        Exported exported = site.export();

        assertThat(exported.gaps()).hasSize(1);
        assertThat(site.kinds()).containsExactly("COMMITTED", "GAP", "COMMITTED", "COMMITTED");
    }

    @Test
    void S31_halfASliceForgottenIsNotWhole() {
        anHour().at(minutes(16));
        site.export();
        site.at(minutes(61));
        site.source.forgetBefore(Site.START.plus(minutes(20)));

        assertThat(site.export().partial()).isEqualTo(1);
    }

    @Test
    void S31_yearsThatTheSourceHasForgottenAreOneGap() {
        anHour().set("start", "2020-01-01T00:00:00Z").at(minutes(61));

        Exported exported = site.export();

        assertThat(exported.gaps())
                .containsExactly(TimeRange.of(Instant.parse("2020-01-01T00:00:00Z"), Site.START));
        assertThat(exported.committed()).isEqualTo(4);
        assertThat(exported.left()).isZero();
        assertThat(exported.watermarkMs()).contains(Site.START.plus(minutes(60)).toEpochMilli());
        assertThat(site.export().gaps()).isEmpty();
    }

    @Test
    void S31_aRangeLongBeforeTheOldestSampleIsOneGap() {
        anHour().at(minutes(61));
        site.export();
        Instant from = Site.START.minus(Duration.ofDays(3650)).plus(minutes(1));
        TimeRange asked = TimeRange.of(from, Site.START.minus(Duration.ofDays(365)));

        Exported exported = site.export(new Order(asked, Instant.MAX));

        assertThat(exported.gaps())
                .as("whole slices of what was asked for, and no more")
                .containsExactly(
                        TimeRange.of(from.minus(minutes(1)), Instant.ofEpochMilli(asked.endMs())));
        assertThat(site.kinds()).startsWith("GAP", "COMMITTED").hasSize(5);
    }

    @Test
    void S32_nothingAndNothingAtAllIsAGap() {
        site.scrape("up", NEVER, minutes(15));
        site.scrape("up", minutes(30), minutes(60)).at(minutes(61));

        site.export();

        assertThat(site.kinds()).containsExactly("COMMITTED", "GAP", "COMMITTED", "COMMITTED");
    }

    @Test
    void S32_nothingWhileOthersHaveSomeIsEmpty() {
        site.scrape("up", NEVER, minutes(60)).scrape("job_runs", NEVER, minutes(15));
        site.set("selectors", "job_runs").at(minutes(46));

        site.export();

        assertThat(site.kinds()).containsExactly("COMMITTED", "EMPTY", "EMPTY");
    }

    @Test
    void S32_nothingSinceIsNotYetKnown() {
        site.scrape("up", NEVER, minutes(15)).at(minutes(61));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().message()).contains("nothing came");
        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.DOUBT);
        assertThat(site.kinds()).containsExactly("COMMITTED");
        site.scrape("up", minutes(60), minutes(75)).at(minutes(76));
        site.export();
        assertThat(site.kinds()).containsExactly("COMMITTED", "GAP", "GAP", "GAP", "COMMITTED");
    }

    @Test
    void S30_samplesThatCameLateAreAdded() {
        anHour().set("reread", "1h").at(minutes(16));
        site.export();
        site.scrape("late", NEVER, minutes(15)).at(minutes(76));

        Exported exported = site.export();

        assertThat(exported.amended()).isEqualTo(1);
        assertThat(site.samples("late")).isEqualTo(30);
        Settled first = site.log().state().slices().iterator().next();
        assertThat(first.revisions()).hasSize(2);
    }

    @Test
    void S30_whatIsTheSameIsReadAgainOnce() {
        anHour().set("reread", "1h").at(minutes(16));
        site.export();
        site.at(minutes(76));
        site.export();
        long records = site.log().head().seq();
        site.at(minutes(80));

        assertThat(site.export().amended()).isZero();
        assertThat(site.log().head().seq()).isEqualTo(records);
        assertThat(site.log().state().slices().iterator().next().revisions()).hasSize(1);
    }

    @Test
    void S30_whatWasKeptByOtherSettingsIsNotReadAgain() {
        for (String change :
                List.of("external-labels=keep", "include=up,late", "exclude=x", "selectors=up")) {
            Site other = new Site().set("reread", "1h");
            other.scrape("up", NEVER, minutes(90)).at(minutes(16)).export();
            other.source.add(relabelled(other, minutes(90)));
            other.scrape("late", NEVER, minutes(15)).at(minutes(76));
            other.set(change.split("=", 2)[0], change.split("=", 2)[1]);

            Exported exported = other.export();

            assertThat(exported.amended()).as(change).isZero();
            assertThat(exported.warnings()).as(change).isEmpty();
            assertThat(exported.committed()).as(change).isEqualTo(4);
            Settled first = other.log().state().slices().iterator().next();
            assertThat(first.revisions()).as(change).hasSize(1);
        }
    }

    @Test
    void S30_whatWasKeptFromAnotherServerIsNotReadAgain() {
        anHour().set("reread", "1h").at(minutes(16));
        site.source.is(server("cluster=\"a\""));
        site.export();
        site.scrape("late", NEVER, minutes(15)).at(minutes(76));
        site.source.is(server("cluster=\"b\""));
        site.set("identity", "cluster=\"b\"");

        Exported exported = site.export();

        assertThat(exported.problem()).isEmpty();
        assertThat(exported.amended()).isZero();
        assertThat(site.samples("late")).isZero();
    }

    /// As it looks once the labels that the server adds are kept.
    private static Series relabelled(Site of, Duration to) {
        Series up = of.series("up", NEVER, to, 0);
        return new Series(Labels.of("__name__", "up", "cluster", "g", "job", "node"), up.samples());
    }

    @Test
    void partsKeptByOtherSettingsAreReadAnew() {
        anHour().scrape("b_total", NEVER, minutes(60)).set("parts", "c").at(minutes(16));
        Capture other = new Capture("remote-read", 0, "", "", List.of(), List.of());
        String name = NameRange.divided(List.of("c")).getFirst().toString();
        TimeRange slice = TimeRange.of(Site.START, Site.START.plus(minutes(15)));
        site.log().deposit(slice).part(name, other);

        assertThat(site.export().committed()).isEqualTo(1);
        assertThat(site.samples("b_total")).isEqualTo(30);
    }

    @Test
    void S33_lessNeverReplacesMore() {
        anHour().set("reread", "1h").at(minutes(16));
        site.export();
        site.at(minutes(76));
        site.source.forgetBefore(Site.START.plus(minutes(10)));

        Exported exported = site.export();

        assertThat(exported.amended()).isZero();
        assertThat(exported.warnings()).anyMatch(text -> text.contains("less now"));
        assertThat(site.kinds()).startsWith("COMMITTED");
        assertThat(site.samples("up")).isEqualTo(120);
    }

    @Test
    void S33_whatIsNewIsAddedToWhatTheSourceHasForgotten() {
        anHour().set("reread", "1h").set("count", "always").at(minutes(16));
        site.export();
        site.scrape("late", NEVER, minutes(15)).at(minutes(76));
        site.source.forgetBefore(Site.START.plus(minutes(10)));

        Exported exported = site.export();

        assertThat(exported.problem()).isEmpty();
        assertThat(exported.amended()).isEqualTo(1);
        assertThat(site.samples("late")).as("what is left of it").isEqualTo(10);
        assertThat(site.samples("up")).as("what was kept, too").isEqualTo(120);
        Settled first = site.log().state().slices().iterator().next();
        assertThat(first.revisions()).hasSize(2);
        assertThat(first.revisions().getLast().capture().notes())
                .containsEntry("forgotten-by-the-source", "20");
    }

    @Test
    void S33_aValueThatChangedIsTakenAndWhatIsGoneStays() {
        Samples.Builder before = Samples.builder();
        Samples.Builder after = Samples.builder();
        for (int i = 0; i < 30; i++) {
            long ms = Site.START.plusSeconds(30L * i).toEpochMilli();
            before.add(ms, 1);
            if (i >= 20) {
                after.add(ms, i == 25 ? 2 : 1);
            }
        }
        Labels gauge = Labels.of("__name__", "gauge");
        site.source.add(new Series(gauge, before.build()));
        anHour().set("reread", "1h").at(minutes(16));
        site.export();
        site.at(minutes(76));
        site.source.forget("gauge").add(new Series(gauge, after.build()));

        assertThat(site.export().amended()).isEqualTo(1);

        assertThat(site.kept().getOrDefault(gauge, new TreeMap<>()).values())
                .hasSize(30)
                .filteredOn(bits -> bits == Double.doubleToRawLongBits(2))
                .hasSize(1);
    }

    @Test
    void S34_anotherServerStopsTheStream() {
        anHour().at(minutes(16));
        site.source.is(server("cluster=\"a\""));
        site.export();
        site.at(minutes(31));
        site.source.is(server("cluster=\"b\""));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().message())
                .contains("cluster=\"a\"")
                .contains("cluster=\"b\"");
        site.set("identity", "cluster=\"b\"");
        assertThat(site.export().committed()).isEqualTo(1);
    }

    private Abilities server(String identity) {
        return server("prometheus", "3.5.0", identity);
    }

    private Abilities server(String product, String version, String identity) {
        return new Abilities(
                product,
                version,
                identity,
                site.clock().instant(),
                List.of(Way.REMOTE_READ),
                List.of());
    }

    @Test
    void partsThatAreKeptAreNotReadAgain() {
        anHour().scrape("b_total", NEVER, minutes(60)).scrape("z_total", NEVER, minutes(60));
        site.set("parts", "c,u").at(minutes(16));
        site.source.cutAfter(1, () -> new Transient("cut"));
        site.export();
        site.source.heal();

        Exported exported = site.export();

        assertThat(exported.committed()).isEqualTo(1);
        assertThat(site.samples("b_total") + site.samples("up") + site.samples("z_total"))
                .isEqualTo(90);
    }

    @Test
    void severalSelectorsKeepASeriesOnce() {
        anHour().scrape("down", NEVER, minutes(60)).at(minutes(16));
        site.set("selectors", "up\n{job=\"node\"}\ndown");

        assertThat(site.export().samples()).isEqualTo(60);
    }

    @Test
    void aSliceOfADayIsReadWindowByWindow() {
        site.scrape("up", NEVER, Duration.ofHours(25)).set("slice", "1d");
        site.at(Duration.ofHours(25));

        assertThat(site.export().committed()).isEqualTo(1);
        assertThat(site.samples("up")).isEqualTo(2880);
    }

    @Test
    void anEmptySourceHasNothingDue() {
        Exported exported = site.at(minutes(60)).export();

        assertThat(exported.problem()).isEmpty();
        assertThat(exported.watermarkMs()).isEmpty();
        assertThat(exported.warnings())
                .anyMatch(text -> text.startsWith("the source has nothing at all yet"));
        assertThat(site.log().state().trouble()).isEmpty();
    }

    @Test
    void S32_selectorsThatMatchNothingAreADoubt() {
        site.scrape("up", NEVER, minutes(90)).set("include", "upp").at(minutes(76));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.DOUBT);
        assertThat(exported.problem().orElseThrow().message())
                .contains("no series of this source match {__name__=~\".+\",__name__=~\"upp\"}")
                .contains("it has one metric")
                .contains("tsvault stream add prod --replace");
        assertThat(site.kinds()).as("not even empty ones").isEmpty();
        assertThat(site.log().state().trouble()).isPresent();
        site.set("include", "up");
        assertThat(site.export().problem()).isEmpty();
        assertThat(site.log().state().trouble()).isEmpty();
    }

    @Test
    void S32_ofAStreamThatIsToldItsStartEachSliceIsLookedAtAndItIsTold() {
        site.scrape("up", NEVER, minutes(90)).set("include", "upp").at(minutes(31));
        site.set("start", "2026-03-01T00:00:00Z");

        Exported exported = site.export();

        assertThat(exported.warnings()).anyMatch(text -> text.startsWith("no series of this"));
        assertThat(site.kinds()).containsExactly("EMPTY", "EMPTY");
    }

    @Test
    void S32_aSelectorThatIsMisspeltLaterIsADoubtToo() {
        anHour().at(minutes(16));
        site.export();
        site.set("include", "upp").at(minutes(31));

        assertThat(site.export().problem().orElseThrow().message()).contains("no series");
        assertThat(site.kinds()).containsExactly("COMMITTED");
    }

    @Test
    void S32_ofSeveralSelectorsTheMisspeltOneIsTold() {
        anHour().set("selectors", "up\nupp").at(minutes(16));

        Exported exported = site.export();

        assertThat(exported.problem()).isEmpty();
        assertThat(exported.committed()).isEqualTo(1);
        assertThat(exported.warnings()).contains("no series of this source match " + UPP);
        site.at(minutes(31));
        assertThat(site.export().warnings()).as("once it keeps something").isEmpty();
    }

    @Test
    void theForecastOfSelectorsThatMatchNothingIsRefused() {
        anHour().set("include", "upp").at(minutes(16));

        assertThatThrownBy(() -> site.exporter().forecast(Order.ALL))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("no series of this source match");
    }

    @Test
    void S15_afterAFirstLookThatFailedItIsStillKnownWhatIsKept() {
        anHour().at(minutes(31));
        long until = site.export().watermarkMs().orElseThrow();
        site.source.failNext(1, () -> new Permanent("401"));

        Exported exported = site.export();

        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.PERSON);
        assertThat(exported.watermarkMs()).contains(until);
    }

    @Test
    void aRangeOfAnOldTimeIsFilledIn() {
        anHour().at(minutes(61));
        TimeRange part = TimeRange.of(Site.START.plus(minutes(20)), Site.START.plus(minutes(40)));

        assertThat(site.export(new Order(part, Instant.MAX)).committed()).isEqualTo(1);
        assertThat(site.export().committed()).isEqualTo(2);
    }

    @Test
    void aSeriesOfEachSliceIsCounted() {
        anHour().scrape("down", NEVER, minutes(15)).at(minutes(46));

        assertThat(site.export().series()).isEqualTo(2);
    }

    @Test
    void S23_aCounterIsKeptAsItIsWhereverItBeginsAnew() {
        for (int slice = 0; slice < 4; slice++) {
            Samples.Builder samples = Samples.builder();
            for (int i = 0; i < 15; i++) {
                samples.add(Site.START.plus(minutes(slice * 15L + i)).toEpochMilli(), 7.5 * i);
            }
            site.source.add(new Series(Labels.of("__name__", "a_total"), samples.build()));
        }
        site.scrape("after", minutes(60), minutes(75)).at(minutes(61));

        site.export();

        Labels counter = Labels.of("__name__", "a_total");
        assertThat(site.kept().getOrDefault(counter, new TreeMap<>()).values())
                .hasSize(60)
                .startsWith(0L, Double.doubleToRawLongBits(7.5))
                .endsWith(Double.doubleToRawLongBits(7.5 * 14))
                .filteredOn(bits -> bits == 0)
                .hasSize(4);
    }

    @Test
    void S35_replicasAreToldApartByWhatTheyCallThemselves() {
        anHour().at(minutes(16));
        site.source.is(server("prometheus=\"k8s\", replica=\"0\""));
        site.export();
        site.at(minutes(31));
        site.source.is(server("prometheus=\"k8s\", replica=\"1\""));

        Exported exported = site.export();

        assertThat(exported.committed()).isZero();
        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.DOUBT);
        assertThat(exported.problem().orElseThrow().message())
                .contains("replica=\"0\"")
                .contains("replica=\"1\"")
                .contains("make a stream of its own");
    }

    /// Without labels of their own they cannot be told apart, but they were never scraped alike.
    @Test
    void S35_replicasThatTakeTurnsAreFoundByTheCount() {
        anHour().at(minutes(16));
        MemorySource other = new MemorySource(List.of());
        other.clock(site.clock().instant());
        Samples.Builder fewer = Samples.builder();
        for (int i = 0; i < 29; i++) {
            fewer.add(Site.START.plusSeconds(30L * i + 7).toEpochMilli(), i);
        }
        other.add(new Series(Labels.of("__name__", "up", "job", "node"), fewer.build()));

        Exported exported = site.export(new Alternating(site.source, other), Order.ALL);

        assertThat(exported.problem().orElseThrow().message())
                .contains("samples of up were read, but the source counts");
        assertThat(site.kinds()).isEmpty();
    }

    @Test
    void S37_labelsThatNoChunkCanHoldAreLeftOutAndTold() {
        site.scrape("w".repeat(1 << 20), NEVER, minutes(60));
        anHour().at(minutes(16));

        Exported exported = site.export();

        assertThat(exported.problem()).isEmpty();
        assertThat(exported.partial()).isEqualTo(1);
        assertThat(site.kinds()).containsExactly("PARTIAL");
        assertThat(site.samples("up")).isEqualTo(30);
        Capture capture = site.log().state().newestCapture().orElseThrow();
        assertThat(capture.notes()).containsEntry("samples-left-out", "30");
        assertThat(capture.warnings())
                .singleElement()
                .asString()
                .startsWith("30 samples of series with more than 1,048,576 bytes of labels")
                .hasSizeLessThan(200);
    }

    @Test
    void S37_aSliceOfNothingElseIsNotEmpty() {
        site.scrape("w".repeat(1 << 20), NEVER, minutes(15));
        site.scrape("up", minutes(15), minutes(30)).at(minutes(16));

        assertThat(site.export().partial()).isEqualTo(1);
        site.set("parts", "c,x").at(minutes(31));
        site.scrape("w".repeat(1 << 20), minutes(15), minutes(30));
        assertThat(site.export().partial()).isEqualTo(1);
        assertThat(site.kinds()).containsExactly("PARTIAL", "PARTIAL");
        assertThat(site.samples("up")).isEqualTo(30);
    }

    @Test
    void S25_moreDescriptionsThanAChunkHoldsAreLeftOutAndCounted() {
        anHour().at(minutes(16));
        for (int i = 0; i < 40; i++) {
            site.scrape("m" + i, NEVER, minutes(15));
            site.source.add(new Metadata("m" + i, Metadata.Type.GAUGE, "h".repeat(100_000), ""));
        }

        Exported exported = site.export();

        assertThat(exported.problem()).isEmpty();
        assertThat(site.kinds()).containsExactly("COMMITTED");
        assertThat(site.log().state().newestCapture().orElseThrow().notes())
                .containsEntry("descriptions-left-out", "20");
    }

    @Test
    void S25_ofTheDescriptionsThoseOfMetricsThatAreThereAreKept() {
        for (String family : List.of("up", "size_bytes", "after", "never")) {
            site.source.add(new Metadata(family, Metadata.Type.GAUGE, "Help of " + family, ""));
        }
        anHour().scrape("size_bytes_bucket", NEVER, minutes(15)).set("reread", "1h");
        site.at(minutes(16));
        site.export();
        assertThat(site.described(0)).containsExactly("size_bytes", "up");

        site.scrape("after", NEVER, minutes(15)).at(minutes(76));
        site.export();

        assertThat(site.described(0)).as("amended").containsExactly("after", "size_bytes", "up");
    }

    @Test
    void S39_anUpgradeIsRecordedAndCounted() {
        anHour().at(minutes(31));
        site.export();
        site.at(minutes(46));
        assertThat(site.export(new Forgetful(site.source), Order.ALL).problem()).isEmpty();
        site.at(minutes(61));
        site.source.is(server("memory", "2", ""));

        assertThat(site.export(new Forgetful(site.source), Order.ALL).problem()).isPresent();
        assertThat(site.export().committed()).isEqualTo(1);

        assertThat(site.log().state().newestCapture().orElseThrow().version())
                .isEqualTo("memory 2");
        assertThat(site.log().state().newestCapture().orElseThrow().notes())
                .containsEntry("counted", "equal");
    }

    @Test
    void S41_whatTheSourceDeletesStaysInTheVault() {
        site.scrape("secret", NEVER, minutes(60));
        anHour().set("reread", "1h").at(minutes(16));
        site.export();
        site.at(minutes(76));
        site.source.forget("secret");

        Exported exported = site.export();

        assertThat(exported.amended()).isZero();
        assertThat(site.samples("secret")).isEqualTo(30);
        assertThat(site.samples("up")).isEqualTo(120);
    }

    @Test
    void theFrontOfTheHistoryStaysDueWhenOnlyLaterSlicesCouldBeKept() {
        anHour().at(minutes(61));
        site.export(new Blinking(site.source, Site.START.toEpochMilli()), Order.ALL);
        assertThat(site.samples("up")).isEqualTo(90);

        assertThat(site.export().committed()).isEqualTo(1);
        assertThat(site.samples("up")).isEqualTo(120);
    }
}
