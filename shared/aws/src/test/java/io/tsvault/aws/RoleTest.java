package io.tsvault.aws;

import static io.tsvault.core.store.ObjectStore.Creation.CREATED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Permanent;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.proxy.Exchange;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Reply;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Credentials that a profile does not hold but has to ask for. The SDK is told by properties of
/// the process, so that nothing else may run beside this.
@Isolated
class RoleTest {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");
    private static final Map<String, String> PROPERTIES =
            Map.of(
                    "aws.profile", "backup",
                    "aws.region", "us-east-1",
                    "aws.disableEc2Metadata", "true");

    @TempDir private Path folder;

    @BeforeEach
    void useTheProfile() throws IOException {
        Path profiles = folder.resolve("config");
        Files.writeString(
                profiles,
                """
                [profile backup]
                role_arn = arn:aws:iam::123456789012:role/backup
                source_profile = person

                [profile pod]
                role_arn = arn:aws:iam::123456789012:role/backup
                web_identity_token_file = %s

                [profile person]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """
                        .formatted(
                                Files.writeString(folder.resolve("token"), "a.b.c"),
                                Server.S3_ACCESS_KEY,
                                Server.S3_SECRET_KEY));
        PROPERTIES.forEach(System::setProperty);
        System.setProperty("aws.configFile", profiles.toString());
        System.setProperty("aws.sharedCredentialsFile", folder.resolve("none").toString());
    }

    @AfterEach
    void forget() {
        PROPERTIES.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.configFile");
        System.clearProperty("aws.sharedCredentialsFile");
        System.clearProperty("aws.endpointUrlSts");
    }

    private static S3Store open(String address, URI sts) {
        System.setProperty("aws.endpointUrlSts", sts.toString());
        return S3Store.open(S3Config.parse(address, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup", "pod"})
    @Tag("slow")
    void aProfileMayNameARole(String profile) {
        System.setProperty("aws.profile", profile);
        try (Server moto = RealServer.startOrSkip(Lab.named("moto"));
                FaultProxy sts = FaultProxy.to(moto.uri(), Script.always(new Fault.Pass()));
                S3Store direct = Opened.inNewBucket(moto.uri());
                S3Store asRole =
                        open(direct.location() + "role?endpoint=" + moto.uri(), sts.uri())) {
            assertThat(asRole.create("a", new byte[] {1})).isEqualTo(CREATED);
            assertThat(sts.seen()).extracting(Exchange::serverStatus).containsExactly(200);
        }
    }

    @Test
    void aRoleThatIsRefusedIsNamedWithItsReason() {
        Reply denied =
                Reply.status(403)
                        .text(
                                "text/xml",
                                "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
                                        + "<Message>person may not have the role backup</Message>"
                                        + "</Error><RequestId>REQ1</RequestId></ErrorResponse>");
        try (FaultProxy sts = FaultProxy.to(NOBODY, Script.always(new Fault.Answer(denied)));
                S3Store store = open("s3://vlt/p?endpoint=" + NOBODY, sts.uri())) {
            assertThatThrownBy(() -> store.create("a", new byte[] {1}))
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining(
                            "no credentials, as a role was refused: person may not have the role"
                                    + " backup (Service: Sts, Status Code: 403)");
        }
    }
}
