package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

class ServerSettingsTest {
    private static final String CANARY = "canary-b7e2f0";

    @Test
    void everySettingIsRead() {
        ServerSettings settings =
                ServerSettings.from(
                        Map.of(
                                "url", "https://metrics.example:9090/api/prom/",
                                "username-env", "USER_NAME",
                                "password-file", "/run/secrets/password",
                                "header.X-Scope-OrgID", "tenant-1",
                                "ca-file", "/etc/ca.pem",
                                "cert-file", "/etc/own.pem",
                                "key-file", "/etc/own.key",
                                "timeout-connect", "250ms",
                                "timeout-total", "3m",
                                "proxy", "http://proxy.example:3128"));

        assertThat(settings).hasToString("https://metrics.example:9090/api/prom");
        assertThat(settings.parts().headers()).containsEntry("X-Scope-OrgID", "tenant-1");
        assertThat(settings.parts().timeouts())
                .isEqualTo(
                        new Timeouts(
                                Duration.ofMillis(250),
                                Timeouts.USUAL.firstByte(),
                                Timeouts.USUAL.idle(),
                                Duration.ofMinutes(3)));
        assertThat(settings.parts().tls().identity()).isPresent();
        assertThat(settings.sign()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usrname-env | X | username-env was meant",
                "time-out-total | 5m | timeout-total was meant",
                "password | hunter2 | password-env was meant",
                "username-env | X | username and password need each other",
                "cert-file | x.pem | key-file need each other",
                "timeout-idle | 2d | is not from 1ms to 1d",
                "timeout-idle | 0s | is not from 1ms to 1d",
                "header.Authorization | x | cannot be set",
                "header.a b | x | cannot be set",
                "sign | gcp:eu | is not like aws:eu-central-1",
                "proxy | socks://h:1 | is not like http://host",
            })
    void whatIsWrongIsNamed(String key, String value, String message) {
        Map<String, String> settings = Map.of("url", "http://h:1", key, value);

        assertThatThrownBy(() -> ServerSettings.from(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.split("[.-]", 2)[0])
                .hasMessageContaining(message);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        Map<String, String> settings =
                Map.of("username-env", "X", "timeout-idle", "soon", "header.Host", "y");

        assertThatThrownBy(() -> ServerSettings.from(settings))
                .hasMessageContaining("url is missing")
                .hasMessageContaining("username and password need each other")
                .hasMessageContaining("timeout-idle: \"soon\"")
                .hasMessageContaining("header.Host cannot be set")
                .message()
                .doesNotContain("unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "h:9090, is not like",
        "ftp://h, is not like",
        "http://h/?a=b, has a query",
        "http://h/#x, behind #",
        "http://h h/, is not like",
    })
    void aUrlThatIsNoneIsRefused(String url, String message) {
        assertThatThrownBy(() -> ServerSettings.from(Map.of("url", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aUrlIsNeeded() {
        assertThatThrownBy(() -> ServerSettings.from(Map.of()))
                .hasMessageContaining("url is missing");
    }

    @ParameterizedTest
    @CsvSource({"http://me:%s@h/", "http://%s@h", "http://me:%s@h h/"})
    void H12_aPasswordInTheUrlIsRefusedAndNotShown(String url) {
        String withPassword = url.formatted(CANARY);

        assertThatThrownBy(() -> ServerSettings.from(Map.of("url", withPassword)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .satisfies(e -> assertThat(e.toString()).doesNotContain(CANARY));
    }

    @Test
    void onlyOneWayCanSayWhoAsks() {
        Map<String, String> settings = new HashMap<>();
        settings.put("url", "http://h");
        settings.put("bearer-env", "TOKEN");
        settings.put("sign", "aws:eu-central-1");

        assertThatThrownBy(() -> ServerSettings.from(settings))
                .hasMessageContaining("only one of them can say who asks");
    }

    @Test
    void H12_settingsDoNotShowTheValuesOfHeaders() {
        Map<String, String> settings = Map.of("url", "http://h", "header.X-Token", CANARY);

        assertThat(ServerSettings.from(settings).toString()).doesNotContain(CANARY);
    }
}
