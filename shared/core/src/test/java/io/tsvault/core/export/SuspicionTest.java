package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.record.Event.Capture;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A source that gives less than it has for a while, and only the count can tell.
class SuspicionTest {
    private static final int SLICES = 40;
    private final Site site =
            new Site().scrape("up", Duration.ZERO, minutes(SLICES)).set("slice", "15m");
    private final Curtailed source = new Curtailed(site.source);

    private static Duration minutes(int slices) {
        return Duration.ofMinutes(15L * slices);
    }

    private Exported run(int slices) {
        site.at(minutes(slices).plusMinutes(1));
        return site.export(source, Order.ALL);
    }

    private int keptOf(int slices) {
        return slices * 30;
    }

    @Test
    void S18_whatWasKeptUncountedBeforeAContradictionIsHeldAgainstTheSource() {
        run(1);
        int slices = 1;
        source.curtails(true);
        while (site.log().state().contradictions().isEmpty() && slices < SLICES) {
            run(++slices);
        }
        assertThat(slices).as("some are kept uncounted first").isGreaterThan(3);
        assertThat(site.samples("up")).isLessThan(keptOf(slices - 1));

        source.curtails(false);
        Exported mended = run(slices);

        assertThat(mended.amended()).isEqualTo(slices - 2);
        assertThat(mended.warnings()).anyMatch(w -> w.contains("held against it now"));
        assertThat(site.samples("up")).isEqualTo(keptOf(slices));
        assertThat(run(slices).amended()).isZero();
    }

    @Test
    void S18_afterAContradictionNothingIsKeptUncountedUntilOneAgrees() {
        run(1);
        int slices = 1;
        source.curtails(true);
        while (site.log().state().contradictions().isEmpty() && slices < SLICES) {
            run(++slices);
        }
        int kept = site.kinds().size();
        assertThat(run(slices + 1).committed()).isZero();
        assertThat(site.kinds()).hasSize(kept);

        source.curtails(false);
        run(slices + 2);
        List<Capture> captures =
                site.log().state().slices().stream()
                        .skip(kept)
                        .map(settled -> settled.revisions().getFirst().capture())
                        .toList();
        assertThat(captures).hasSize(3);
        assertThat(captures.getFirst().notes()).containsEntry("counted", "equal");
    }

    @Test
    void S32_nothingIsEmptyOnlyWhenNothingIsCounted() {
        run(1);
        source.toNothing().curtails(true);

        for (int slices = 2; slices <= 4; slices++) {
            Exported exported = run(slices);
            assertThat(exported.empty()).isZero();
            assertThat(exported.problem().orElseThrow().message())
                    .contains("but the source counts");
        }
        assertThat(site.kinds()).containsExactly("COMMITTED");
    }

    @Test
    void S32_nothingIsCountedEvenWhereTheCountIsOff() {
        site.set("count", "off");
        run(1);
        source.toNothing().curtails(true);

        assertThat(run(2).empty()).isZero();
        assertThat(site.kinds()).containsExactly("COMMITTED");
    }

    @Test
    void S12_aWayThatLosesMoreIsNotTakenWhileTheBetterOneDoesNotAnswer() {
        run(1);
        site.source.is(reading(Way.RAW, Way.QUERY_RANGE));

        String message = run(2).problem().orElseThrow().message();

        assertThat(message)
                .contains("cannot be read by remote-read any more", "only by raw", "stale markers")
                .contains("tsvault stream add prod --replace --mode raw");
        assertThat(site.kinds()).hasSize(1);
        assertThatThrownBy(() -> site.exporter().forecast(Order.ALL))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("cannot be read by remote-read any more");
        site.set("mode", "raw");
        assertThat(run(2).committed()).isEqualTo(1);
    }

    private static Abilities reading(Way... ways) {
        return new Abilities("memory", "1", "", Instant.EPOCH, List.of(ways), List.of());
    }
}
