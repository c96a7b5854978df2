package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsServer;

import io.tsvault.core.failure.Permanent;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private Authority authority;
    private Path folder;

    @BeforeAll
    void sign(@TempDir Path temporary) throws IOException {
        folder = temporary;
        authority = new Authority(temporary);
        authority.sign("good", "-ext", "san=ip:127.0.0.1");
        authority.sign("other", "-ext", "san=dns:other.example");
        authority.sign("old", "-ext", "san=ip:127.0.0.1", "-startdate", "-9d", "-validity", "3");
    }

    private int ask(String certificate, boolean wantsIdentity, String... settings)
            throws GeneralSecurityException, IOException {
        HttpsServer server = authority.server(certificate, wantsIdentity);
        Map<String, String> all = new HashMap<>();
        all.put("url", "https://127.0.0.1:" + server.getAddress().getPort());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        try (Http http = Http.to(ServerSettings.from(all));
                Answer answer = http.send(OwnServer.CALL)) {
            return answer.status();
        } finally {
            server.stop(0);
        }
    }

    private String ca() {
        return authority.pem().toString();
    }

    @Test
    void anAuthorityOfOnesOwnIsTrusted() throws Exception {
        assertThat(ask("good", false, "ca-file", ca())).isEqualTo(200);
    }

    @Test
    void oneCanSayWhoOneIs() throws Exception {
        String certificate = authority.certificate("other").toString();
        String key = authority.key("other").toString();

        assertThat(ask("good", true, "ca-file", ca(), "cert-file", certificate, "key-file", key))
                .isEqualTo(200);
    }

    @Test
    void S02_anUnknownAuthorityIsRefused() {
        assertThatThrownBy(() -> ask("good", false))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("TLS fails")
                .hasMessageContaining("ca-file")
                .hasMessageNotContaining("sun.security");
    }

    @Test
    void S02_anExpiredCertificateIsRefused() {
        assertThatThrownBy(() -> ask("old", false, "ca-file", ca()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("TLS fails");
    }

    @Test
    void S02_aCertificateForAnotherNameIsRefused() {
        assertThatThrownBy(() -> ask("other", false, "ca-file", ca()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("TLS fails");
    }

    @Test
    void aKeyThatIsNoneIsForAPerson() throws Exception {
        Path rubbish = Files.writeString(folder.resolve("rubbish.key"), "-----BEGIN RSA\n");
        String certificate = authority.certificate("good").toString();

        assertThatThrownBy(
                        () ->
                                ask(
                                        "good",
                                        true,
                                        "ca-file",
                                        ca(),
                                        "cert-file",
                                        certificate,
                                        "key-file",
                                        rubbish.toString()))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }
}
