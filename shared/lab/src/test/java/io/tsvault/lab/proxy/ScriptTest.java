package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.CLOSE;
import static io.tsvault.lab.proxy.Fault.Leg.RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.lab.proxy.Chaos.Odds;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class ScriptTest {
    private static final Fault PASS = new Fault.Pass();
    private static final Fault BUSY = new Fault.Answer(Reply.status(503));
    private static final Fault CUT = new Fault.Cut(RESPONSE, 100, CLOSE);

    @Test
    void aListEndsInPassing() {
        assertThat(faults(Script.inOrder(PASS, BUSY, CUT), 5))
                .containsExactly(PASS, BUSY, CUT, PASS, PASS);
    }

    @Test
    void aRuleCountsOnlyWhatItMatches() {
        Script script =
                Script.always(CUT)
                        .when(request -> request.is("PUT", "/vault/"), Script.inOrder(PASS, BUSY));

        assertThat(script.fault(new Request(1, "PUT", "/vault/a?x"))).isEqualTo(PASS);
        assertThat(script.fault(new Request(2, "GET", "/vault/a"))).isEqualTo(CUT);
        assertThat(script.fault(new Request(3, "PUT", "/other?/vault/"))).isEqualTo(CUT);
        assertThat(script.fault(new Request(4, "PUT", "/vault/"))).isEqualTo(BUSY);
    }

    @Test
    void theSameSeedDrawsTheSameFaults() {
        assertThat(faults(chaos(7), 1000)).isEqualTo(faults(chaos(7), 1000));
        assertThat(faults(chaos(7), 1000)).isNotEqualTo(faults(chaos(8), 1000));
        assertThat(chaos(7)).hasToString("chaos of seed 7");
    }

    @Test
    void aDrawFollowsTheWeights() {
        List<Fault> drawn = faults(chaos(1), 10_000);

        // Five standard deviations of a binomial draw of 10,000 are below 260.
        assertThat(drawn.stream().filter(PASS::equals).count()).isBetween(6_740L, 7_260L);
        assertThat(drawn.stream().filter(BUSY::equals).count()).isBetween(1_740L, 2_260L);
        assertThat(drawn.stream().filter(Fault.Cut.class::isInstance).distinct().count())
                .as("each cut has its own place")
                .isGreaterThan(500);
    }

    @Test
    void aListThatCannotBeDrawnFromIsRefused() {
        assertThatThrownBy(() -> new Chaos(1)).hasMessageContaining("nothing to draw from");
        assertThatThrownBy(() -> new Odds(0, PASS)).hasMessageContaining("weight 0");
    }

    private static Chaos chaos(long seed) {
        return new Chaos(
                seed,
                new Odds(7, PASS),
                new Odds(2, BUSY),
                new Odds(1, random -> new Fault.Cut(RESPONSE, random.nextInt(10_000), CLOSE)));
    }

    private static List<Fault> faults(Script script, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> script.fault(new Request(number, "GET", "/")))
                .toList();
    }
}
