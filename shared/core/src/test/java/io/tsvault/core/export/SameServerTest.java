package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.export.Exporter.Order;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.MemorySource;
import io.tsvault.core.source.Way;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

/// A stream of one server, and who answers afterwards.
class SameServerTest {
    private static final String HERE = "http://a:9090";
    private static final String THERE = "http://b:9090";
    private static final String LABELS = "{cluster=\"a\"}";

    private final Site site = new Site();

    @BeforeEach
    void scrape() {
        site.scrape("up", Duration.ZERO, Duration.ofHours(2)).at(Duration.ofMinutes(16));
    }

    private Abilities server(String product, String version, String labels) {
        return new Abilities(
                product,
                version,
                labels,
                site.clock().instant(),
                List.of(Way.REMOTE_READ),
                List.of());
    }

    private Exported first(Abilities abilities) {
        site.source.is(abilities);
        Exported exported = site.export();
        assertThat(exported.committed()).isEqualTo(1);
        site.pass(Duration.ofMinutes(15));
        return exported;
    }

    private Exported then(Abilities abilities) {
        site.source.is(abilities.at(site.clock().instant()));
        return site.export();
    }

    private void requireHalt(Exported exported, String... words) {
        assertThat(exported.committed()).isZero();
        assertThat(exported.problem().orElseThrow().kind()).isEqualTo(Kind.DOUBT);
        assertThat(exported.problem().orElseThrow().message()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "prometheus, {cluster=\"a\"}, prometheus,       {cluster=\"b\"}",
        "prometheus, {cluster=\"a\"}, prometheus,       ''",
        "prometheus, '',              prometheus,       {cluster=\"a\"}",
        "prometheus, '',              victoria-metrics, ''",
        "victoria-metrics, '',        prometheus,       ''",
    })
    void S34_otherLabelsOrAnotherProductHaltTheStream(
            String product, String labels, String nextProduct, String nextLabels) {
        first(server(product, "3.5.0", labels).at(HERE));

        Abilities next = server(nextProduct, "3.5.0", nextLabels).at(HERE);
        Exported exported = then(next);

        String called = Server.of(next).toString();
        requireHalt(exported, "stream add prod --replace --identity '" + called + "'");
        site.set("identity", called);
        assertThat(site.export().committed()).isEqualTo(1);
    }

    @Test
    void S34_aStreamIsBoundToTheAddressItWasBegunWith() {
        first(server("prometheus", "3.5.0", LABELS).at(HERE));

        Exported exported = then(server("prometheus", "3.5.0", LABELS).at(THERE));

        requireHalt(exported, HERE, THERE);
        site.set("identity", LABELS);
        assertThat(site.export().committed()).isEqualTo(1);
    }

    @Test
    void S34_aConfirmationIsForOneServer() {
        first(server("prometheus", "3.5.0", LABELS).at(HERE));
        site.set("identity", "prometheus %s at %s".formatted(LABELS, THERE));
        assertThat(then(server("prometheus", "3.5.0", LABELS).at(THERE)).committed()).isEqualTo(1);
        site.pass(Duration.ofMinutes(15));

        requireHalt(then(server("prometheus", "3.5.0", LABELS).at(HERE)), HERE, THERE);
    }

    @ParameterizedTest
    @CsvSource({"{cluster=\"a\"}", "''"})
    void S39_anUpgradeIsTheSameServer(String labels) {
        first(server("prometheus", "2.53.0", labels).at(HERE));

        assertThat(then(server("prometheus", "3.5.0", labels).at(HERE)).committed()).isEqualTo(1);
    }

    @Test
    void S34_ofAServerThatNothingTellsFromAnotherIsWarnedOnce() {
        Exported first = first(server("prometheus", "3.5.0", ""));
        assertThat(first.warnings()).anyMatch(warning -> warning.contains("set external_labels"));

        assertThat(then(server("prometheus", "3.5.0", "")).warnings()).isEmpty();
    }

    @Test
    void S34_withLabelsNothingIsWarnedOf() {
        assertThat(first(server("prometheus", "3.5.0", LABELS)).warnings()).isEmpty();
    }

    /// As when a port is forwarded to another cluster.
    @Test
    void S34_withoutLabelsTheSamplesTellItFromAnother() {
        site.scrape("down", Duration.ZERO, Duration.ofHours(2));
        site.scrape("work", Duration.ZERO, Duration.ofHours(2));
        first(server("prometheus", "3.5.0", "").at(HERE));
        MemorySource other = other();
        other.is(server("prometheus", "3.5.0", "").at(HERE));

        requireHalt(
                site.export(other, Order.ALL),
                "has series of 2026-03-01T00:00:00Z that prometheus without external labels at "
                        + HERE);
        other.add(site.series("up", Duration.ZERO, Duration.ofHours(2), 0));
        assertThat(site.export(other, Order.ALL).problem()).isEmpty();
    }

    /// Of fewer than three metrics all may have been deleted.
    @Test
    void S34_aStreamOfLittleIsNotToldFromAnother() {
        first(server("prometheus", "3.5.0", "").at(HERE));
        MemorySource other = other();
        other.is(server("prometheus", "3.5.0", "").at(HERE));

        assertThat(site.export(other, Order.ALL).problem()).isEmpty();
    }

    @Test
    void S33_whoHasLostThatTimeIsNoOtherServer() {
        first(server("prometheus", "3.5.0", "").at(HERE));
        site.source.forgetBefore(site.clock().instant().minus(Duration.ofMinutes(16)));

        assertThat(site.export().problem()).isEmpty();
    }

    private static MemorySource other() {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < 240; i++) {
            samples.add(Site.START.plusSeconds(30L * i).toEpochMilli(), i);
        }
        Labels labels = Labels.of("__name__", "up", "job", "elsewhere");
        return new MemorySource(List.of(new Series(labels, samples.build())));
    }
}
