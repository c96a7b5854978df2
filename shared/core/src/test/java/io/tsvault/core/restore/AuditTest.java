package io.tsvault.core.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.restore.Audit.Likeness;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Way;
import io.tsvault.core.vault.Vaults;
import io.tsvault.core.vault.record.Event.Capture;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A backup of three hours against what a server has.
class AuditTest {
    private final Scene scene = new Scene();
    private final List<Difference> told = new ArrayList<>();

    private Likeness audit(List<Series> live, String... members) {
        return audit(new MemorySource(live), members);
    }

    private Likeness audit(MemorySource live, String... members) {
        return new Audit(scene.vault, live).run(Scene.manifest(members), told::add);
    }

    @Test
    void theServerItWasMadeOfIsEqualAndMayHaveMore() {
        scene.backup(3);
        List<Series> live = new ArrayList<>(Scene.three(-2, 9));
        live.add(Scene.series(Scene.labels("z", "x"), Scene.hours(0, 9), 0));

        Likeness found = audit(live);

        assertThat(found.isEqual()).isTrue();
        assertThat(found.result().equal()).isEqualTo(3 * 3 * 12);
        assertThat(found.result().foreign()).isEqualTo(3 * 12);
        assertThat(found.covered()).containsExactly(Scene.hours(0, 3));
        assertThat(told).extracting(Difference::kind).containsOnly(Kind.FOREIGN);
    }

    @Test
    void whatOneSideLacksIsNamed() {
        scene.backup(3);
        List<Series> live = new ArrayList<>(Scene.three(0, 3));
        live.set(0, Scene.series(Scene.labels("a", "x"), Scene.hours(1, 3), 0));
        live.set(1, Scene.series(Scene.labels("b", "x"), Scene.hours(0, 3), 7));

        Likeness found = audit(live);

        assertThat(found.isEqual()).isFalse();
        assertThat(found.result().missing()).isEqualTo(12);
        assertThat(found.result().changed()).isEqualTo(36);
        assertThat(told).extracting(Difference::kind).contains(Kind.MISSING, Kind.CHANGED);
    }

    @Test
    void samplesThatTheBackupLacksInItsSeriesAreNotEqual() {
        scene.keep("prod", 0, Scene.three(0, 1).subList(0, 1), Vaults.CAPTURE);
        Series more = Scene.series(Scene.labels("a", "x"), Scene.hour(0), 0);
        Series late = late(more);

        assertThat(audit(List.of(late)).result().extra()).isEqualTo(1);
        assertThat(audit(List.of(late)).isEqual()).isFalse();
    }

    private static Series late(Series series) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < series.samples().size(); i++) {
            samples.add(series.samples().timestampMs(i), series.samples().value(i));
        }
        samples.add(series.samples().timestampMs(series.samples().size() - 1) + 1, 5);
        return new Series(series.labels(), samples.build());
    }

    @Test
    void onlyWhatIsBackedUpIsCompared() {
        scene.backup(1);
        scene.gap(1);
        scene.keep("prod", 2, Scene.three(2, 3), Vaults.CAPTURE);

        Likeness found = audit(Scene.three(0, 3));

        assertThat(found.isEqual()).isTrue();
        assertThat(found.covered()).containsExactly(Scene.hour(0), Scene.hour(2));
    }

    @Test
    void aRangeAndSomeSeriesMayBeNamed() {
        scene.backup(3);
        String from = Instant.ofEpochMilli(Scene.hour(1).startMs()).toString();

        Likeness found =
                audit(
                        Scene.three(1, 3).subList(0, 1),
                        "\"from\": \"%s\"".formatted(from),
                        "\"match\": [\"a\"]");

        assertThat(found.isEqual()).isTrue();
        assertThat(found.result().equal()).isEqualTo(24);
    }

    @Test
    void aGridIsHeldAgainstTheSameGrid() {
        Capture grid = new Capture("query-range", 300_000, "", "", List.of(), List.of());
        scene.keep("prod", 0, Scene.three(0, 1), grid);

        assertThat(audit(Scene.three(0, 1)).mode().step()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aServerThatOnlyGivesAGridCannotBeHeldAgainstSamples() {
        scene.backup(1);
        MemorySource live =
                new MemorySource(Scene.three(0, 1))
                        .is(
                                new Abilities(
                                        "odd",
                                        "1",
                                        "",
                                        Instant.EPOCH,
                                        List.of(Way.QUERY_RANGE),
                                        List.<String>of()));

        assertThatThrownBy(() -> audit(live))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("only values on a grid");
    }

    @Test
    void aRangeThatIsNotBackedUpIsNoEquality() {
        scene.backup(1);
        TimeRange later = Scene.hour(5);
        String from = Instant.ofEpochMilli(later.startMs()).toString();

        assertThatThrownBy(() -> audit(List.of(), "\"from\": \"%s\"".formatted(from)))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("prod has");
    }
}
