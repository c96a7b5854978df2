package io.tsvault.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;

import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void externalLabelsAreReadAsTheServerWritesThem() {
        Config config =
                Config.of(
                        """
                        global:
                          scrape_interval: 1m
                          external_labels:
                            cluster: eu-1
                            number: "17"
                            quote: it's
                            said: '"yes"'
                            both: '"it''s"'
                            line: "a\\nb"
                            colon: 'a: b'
                          query_log_file: /tmp/x
                        scrape_configs:
                        - job_name: other
                          params:
                            not: a label
                        """);
        assertThat(config.externalLabels())
                .isEqualTo(
                        Labels.of(
                                "cluster", "eu-1",
                                "number", "17",
                                "quote", "it's",
                                "said", "\"yes\"",
                                "both", "\"it's\"",
                                "line", "a\nb",
                                "colon", "a: b"));
        assertThat(config.readsFromElsewhere()).isFalse();
        assertThat(config.selectors()).contains("{cluster=\"eu-1\"}").hasSize(7);
    }

    @Test
    void withoutThemThereAreNone() {
        assertThat(Config.of("").externalLabels()).isEqualTo(Labels.NONE);
        assertThat(Config.of("global:\n  scrape_interval: 1m\n").selectors()).isEmpty();
        assertThat(Config.of("alerting:\n  external_labels:\n    a: b\n").selectors()).isEmpty();
    }

    @Test
    void S18_serversThatAreReadFromAreSeen() {
        assertThat(Config.of("global: {}\nremote_read:\n- url: http://x\n").readsFromElsewhere())
                .isTrue();
    }
}
