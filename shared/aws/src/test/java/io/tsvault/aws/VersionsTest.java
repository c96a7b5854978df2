package io.tsvault.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.vault.record.Head;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What a bucket remembers of objects that somebody removed or replaced by hand.
@Tag("slow")
class VersionsTest {
    private static final byte[] OURS = "ours".getBytes(StandardCharsets.UTF_8);
    private static final byte[] THEIRS = "theirs".getBytes(StandardCharsets.UTF_8);

    private interface Deed {
        void in(S3Store store, S3Client client, String bucket);
    }

    private static void inVersionedBucket(String name, Deed deed) {
        try (Server server = RealServer.startOrSkip(Lab.named(name));
                S3Store store = Opened.inNewBucket(server.uri())) {
            String address = store.location() + "x?endpoint=" + server.uri();
            S3Config config = S3Config.parse(address, Map.of());
            try (S3Client client = S3Clients.client(config, Opened.credentials())) {
                client.putBucketVersioning(
                        put ->
                                put.bucket(config.bucket())
                                        .versioningConfiguration(
                                                on -> on.status(BucketVersioningStatus.ENABLED)));
                deed.in(store, client, config.bucket());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "moto"})
    void H18_O16_aDeleteMarkerHidesAnObjectThatIsStillThere(String server) {
        inVersionedBucket(
                server,
                (store, client, bucket) -> {
                    store.create("a", OURS);
                    store.create("a.b", OURS);
                    store.delete("a");
                    assertThat(store.read("a", 100)).isEmpty();
                    List<ObjectVersion> versions = store.versions("a");
                    assertThat(versions)
                            .extracting(ObjectVersion::isDeleteMarker)
                            .containsExactly(true, false);
                    assertThat(versions.getLast().sha256()).isEqualTo(Head.hash(OURS));
                    client.deleteObject(
                            undo ->
                                    undo.bucket(bucket)
                                            .key("some/Place/a")
                                            .versionId(versions.getFirst().id()));
                    assertThat(store.read("a", 100)).contains(OURS);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "moto"})
    void O17_whatWasOverwrittenIsFoundByItsHash(String server) {
        inVersionedBucket(
                server,
                (store, client, bucket) -> {
                    store.create("a", OURS);
                    client.putObject(
                            put -> put.bucket(bucket).key("some/Place/a"),
                            RequestBody.fromBytes(THEIRS));
                    assertThat(store.read("a", 100)).contains(THEIRS);
                    assertThat(store.versions("a"))
                            .extracting(ObjectVersion::sha256)
                            .containsExactly(Head.hash(THEIRS), Head.hash(OURS));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "moto"})
    void whatNeverWasHasNoVersions(String server) {
        inVersionedBucket(
                server, (store, _, _) -> assertThat(store.versions("a")).as(server).isEmpty());
    }
}
