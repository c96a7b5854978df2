package io.tsvault.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class EnvFileTest {
    @TempDir private Path folder = Path.of("");

    private EnvFile file(String content) {
        try {
            return new EnvFile(Files.writeString(folder.resolve("prod.env"), content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=word | word",
                "export A=word | word",
                "  export   A=word   # who reads | word",
                "A=two words | two words",
                "A=s3cr#t | s3cr#t",
                "A=a=b== | a=b==",
                "A='as it $is \\n' | as it $is \\n",
                "A='# no comment' # one | # no comment",
                "A=\"say \\\"yes\\\" \\\\ \\$5\" | say \"yes\" \\ $5",
            })
    void aValueIsWhatAShellWouldTake(String line, String value) {
        assertThat(file("# first\n\n" + line + "\nB=other\n").value("A")).isEqualTo(value);
    }

    @Test
    void escapesAreLineEndsAndTabs() {
        assertThat(file("A=\"x\\ty\\nz\"").value("A")).isEqualTo("x\ty\nz");
    }

    @Test
    void theLastOfTwoCounts() {
        assertThat(file("A=1\r\nA=2\r\n").value("A")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "A canary",
                "A =canary",
                "1A=canary",
                "A=\"canary",
                "A='canary' canary",
                "A=can\"ary",
                "A=canary'"
            })
    void H12_aWrongLineIsToldByItsNumberAlone(String line) {
        assertThatThrownBy(() -> file("B=1\n" + line + "\n").value("B"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("line 2 of " + folder.resolve("prod.env"))
                .message()
                .doesNotContain("canary");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> file("B=1").value("A"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("no variable A in ");
        assertThatThrownBy(() -> new EnvFile(folder.resolve("none")).value("A"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("cannot be read: NoSuchFile");
        assertThatThrownBy(() -> file("#".repeat(1 << 17)).value("A"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("too long");
    }

    @Test
    void S15_itIsReadAnewWhenItsSecretIsRefused() throws IOException {
        EnvFile env = file("T=old");
        try (OwnServer server =
                        new OwnServer(
                                exchange -> {
                                    String sent =
                                            exchange.getRequestHeaders().getFirst("Authorization");
                                    boolean isOld = "Bearer old".equals(sent);
                                    var _ = file("T=new");
                                    exchange.getResponseHeaders()
                                            .set("Content-Type", "application/json");
                                    exchange.sendResponseHeaders(isOld ? 401 : 200, 2);
                                    exchange.getResponseBody().write(new byte[] {'{', '}'});
                                    exchange.close();
                                });
                Http http =
                        server.client(
                                Map.of("T", "of the environment"),
                                "bearer-env",
                                "T",
                                "env-file",
                                env.path().toString());
                Answer answer = http.send(OwnServer.CALL)) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aFileOfVariablesThatNobodyNamesIsRefused() {
        assertThatThrownBy(
                        () -> ServerSettings.from(Map.of("url", "http://a", "env-file", "x.env")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("env-file needs the names of its variables");
    }
}
