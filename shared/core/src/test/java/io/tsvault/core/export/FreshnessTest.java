package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.export.Freshness.State;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class FreshnessTest {
    private static final StreamConfig CONFIG =
            StreamConfig.from(Map.of("source", "a", "slice", "15m", "settle", "1m"));

    private final Site site = new Site().scrape("up", Duration.ZERO, minutes(120)).at(minutes(16));

    private static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    private Freshness now() {
        return Freshness.of(site.log().state(), CONFIG, Site.START, site.clock().instant());
    }

    private void is(State state, boolean needsPerson, long lagMinutes) {
        assertThat(now().state()).isEqualTo(state);
        assertThat(now().needsPerson(CONFIG)).isEqualTo(needsPerson);
        assertThat(now().lag()).isEqualTo(minutes(lagMinutes));
    }

    @Test
    void oneThatNobodyEverRanIsBehindOnceTwoSlicesAreDue() {
        is(State.FINE, false, 15);
        site.at(minutes(31));
        is(State.BEHIND, true, 30);
    }

    @Test
    void oneThatRunsIsFineUntilTwoSlicesAreDue() {
        site.export();
        is(State.FINE, false, 0);
        site.at(minutes(45));
        is(State.FINE, false, 15);
        site.at(minutes(46));
        is(State.BEHIND, true, 30);
    }

    @Test
    void whatMayPassNeedsNobodyUntilSlicesAreLate() {
        site.source.failNext(4, () -> new Transient("connection refused"));
        site.export();
        is(State.FAILING, false, 15);
        assertThat(now().trouble().orElseThrow().last().problem()).isEqualTo("connection refused");
        site.at(minutes(31));
        is(State.FAILING, true, 30);
    }

    @Test
    void whatDoesNotPassNeedsAPersonAtOnce() {
        site.source.failNext(1, () -> new Permanent("401: mend the secret"));
        site.export();
        is(State.FAILING, true, 15);
        assertThat(now().trouble().orElseThrow().last().problem())
                .isEqualTo("401: mend the secret");
        site.export();
        is(State.FINE, false, 0);
    }

    @Test
    void aSliceInDoubtIsNotForgottenOverTheOthers() {
        site.at(minutes(61));
        Blinking blinking = new Blinking(site.source, Site.START.toEpochMilli());
        site.set("count", "always").export(blinking, Exporter.Order.ALL);
        is(State.DOUBTFUL, true, 60);
    }
}
