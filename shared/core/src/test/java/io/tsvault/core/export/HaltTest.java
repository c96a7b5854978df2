package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.vault.record.Event.Resume;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A source that contradicts itself, run after run.
class HaltTest {
    private final Site site =
            new Site().scrape("up", Duration.ZERO, Duration.ofHours(2)).at(Duration.ofMinutes(16));

    private Exported unsound() {
        return site.export(new Forgetful(site.source), Order.ALL);
    }

    private Kind kind(Exported exported) {
        return exported.problem().orElseThrow().kind();
    }

    @Test
    void S18_threeRunsWithADifferenceHaltTheStreamUntilAPersonHasLooked() {
        for (int run = 0; run < 2; run++) {
            assertThat(kind(unsound())).as("run %d", run).isEqualTo(Kind.DOUBT);
        }
        Exported third = unsound();
        assertThat(kind(third)).isEqualTo(Kind.HALT);
        assertThat(third.problem().orElseThrow().message()).contains("tsvault ack prod --note");
        site.pass(Duration.ofMinutes(15));
        int calls = site.source.calls();

        Exported halted = site.export();

        assertThat(kind(halted)).isEqualTo(Kind.HALT);
        assertThat(halted.problem().orElseThrow().message())
                .contains("slice 2026-03-01T00:00:00Z: the stream has halted: 3 tries")
                .contains("samples of up were read, but the source counts")
                .contains("tsvault ack prod --note");
        assertThat(site.source.calls()).isEqualTo(calls);

        site.log().append(_ -> Optional.of(new Resume("the proxy is gone")));
        assertThat(site.export().committed()).isEqualTo(2);
    }

    @Test
    void S18_whatIsTheSameWithEachTryIsToldOnce() {
        List<String> told = new ArrayList<>();

        site.told(told::add).export(new Forgetful(site.source), Order.ALL);

        assertThat(told)
                .hasSize(5)
                .filteredOn(text -> text.contains("but the source counts 31"))
                .singleElement()
                .asString()
                .contains("try 1 of 4, trying again in 2 s");
        assertThat(told.get(3)).contains("the same again; try 3 of 4, trying again in 8 s");
        assertThat(told.get(4)).contains("the same again; nothing of this is kept");
    }

    @Test
    void S18_whatIsWellAgainByThenDoesNotHalt() {
        unsound();
        unsound();
        assertThat(site.export().committed()).isEqualTo(1);
        site.pass(Duration.ofMinutes(15));

        assertThat(site.export().committed()).isEqualTo(1);
    }
}
