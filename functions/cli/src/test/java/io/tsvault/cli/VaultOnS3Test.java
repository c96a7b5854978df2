package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.aws.S3Config;
import io.tsvault.aws.S3Store;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Event.Empty;
import io.tsvault.lab.Lab;
import io.tsvault.lab.RealServer;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.Fault.Leg;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Script;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A vault in a bucket of a real S3 server, as a person meets it. Credentials are properties of the
/// process, as they would be variables of a shell; so nothing else may run beside this.
@Tag("slow")
@Isolated
class VaultOnS3Test {
    private static final Map<String, String> CREDENTIALS =
            Map.of(
                    "aws.accessKeyId", Server.S3_ACCESS_KEY,
                    "aws.secretAccessKey", Server.S3_SECRET_KEY);

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void logIn() {
        CREDENTIALS.forEach(System::setProperty);
    }

    @AfterEach
    void logOut() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
    }

    private interface Story {
        void of(Terminal terminal, Server server);
    }

    /// One in a bucket that keeps versions.
    private interface Versions {
        void of(Terminal terminal, S3Client client, S3Store store);
    }

    private static void onVersions(int slices, Versions story) {
        on(
                Lab.named("minio"),
                slices,
                (terminal, server) -> {
                    try (S3Client client = client(server);
                            S3Store store = store(server)) {
                        keepVersions(client);
                        story.of(terminal, client, store);
                    }
                });
    }

    private static void overwriteTwice(S3Client client, StoredObject object) {
        for (String text : new String[] {"one", "two"}) {
            client.putObject(
                    put -> put.bucket("vault").key("prod/" + object.key()),
                    RequestBody.fromString(text));
        }
    }

    private static String address(Server server, String prefix) {
        return "s3://vault/%s?endpoint=%s".formatted(prefix, server.uri());
    }

    private static S3Client client(Server server) {
        return S3Client.builder()
                .endpointOverride(server.uri())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .build();
    }

    private static S3Store store(Server server) {
        return S3Store.open(S3Config.parse(address(server, "prod"), Map.of()));
    }

    /// A vault of some slices.
    private static void on(Setup setup, int slices, Story story) {
        try (Server server = RealServer.startOrSkip(setup);
                S3Client client = client(server)) {
            client.createBucket(bucket -> bucket.bucket("vault"));
            Terminal terminal = new Terminal(address(server, "prod"));
            assertThat(terminal.run("init")).as(terminal.err()).isZero();
            terminal.fill(slices);
            story.of(terminal, server);
        }
    }

    private static StoredObject chunk(S3Store store) {
        return store.list("streams/prod/chunks/", "", 1).getFirst();
    }

    @Test
    void itIsFilledProvenAndTidied() {
        on(
                Lab.s3(),
                40,
                (terminal, _) -> {
                    assertThat(terminal.run("status")).isZero();
                    assertThat(terminal.out())
                            .contains("40 samples in 40 chunks")
                            .contains("head             41 " + terminal.log().head().sha256());
                    assertThat(terminal.run("list")).isZero();
                    assertThat(terminal.out().lines()).hasSize(41);
                    assertThat(terminal.run("inspect", "prod@32")).isZero();
                    assertThat(terminal.out()).contains("kind      STATE");
                    assertThat(terminal.run("expire", "--keep-last", "38", "--confirm")).isZero();
                    assertThat(terminal.run("gc", "--grace", "0", "--confirm")).isZero();
                    assertThat(terminal.out()).contains("2 objects");
                    assertThat(terminal.run("verify")).isZero();
                    assertThat(terminal.out()).contains("read 38 of 38 chunks");
                    int code = terminal.run("doctor");
                    assertThat(terminal.out())
                            .as("exit %d", code)
                            .contains("ok    list         allowed")
                            .contains("ok    race         of 8")
                            .contains("ok    delete");
                });
    }

    @Test
    void O15_whatIsLostComesBackFromACopyInAFolder() {
        on(
                Lab.s3(),
                3,
                (terminal, server) -> {
                    String copy = folder.resolve("copy").toString();
                    assertThat(terminal.run("vault", "copy", copy)).isZero();
                    try (S3Store store = store(server)) {
                        String key = chunk(store).key();
                        store.delete(key);
                        assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                        assertThat(terminal.out()).contains("damaged: " + key + ": missing");
                    }
                    String[] repair = {"vault", "repair", "--from", copy, "--confirm"};
                    assertThat(terminal.run(repair)).isZero();
                    assertThat(terminal.run("verify")).isZero();
                });
    }

    @Test
    void H25_itGoesToAFolderAndBackAndTheCopyIsPromoted() {
        on(
                Lab.s3(),
                33,
                (terminal, server) -> {
                    Terminal there = new Terminal(folder.resolve("copy").toString());
                    Terminal back = new Terminal(address(server, "back"));
                    String[] copy = {"vault", "copy", folder.resolve("copy").toString()};
                    assertThat(terminal.run(copy)).isZero();
                    assertThat(there.run("vault", "copy", address(server, "back"))).isZero();
                    String head = terminal.log().head().sha256();
                    assertThat(back.run("verify", "--expect-head", head)).isZero();
                    assertThat(back.run("vault", "promote", "--confirm")).isZero();
                    Empty next = new Empty(Terminal.slice(33), Terminal.CAPTURE);
                    assertThat(back.log().append(_ -> Optional.of(next))).isPresent();
                    assertThat(back.run("verify", "--expect-head", head)).isZero();
                });
    }

    @Test
    void H18_O16_whatADeleteMarkerHidesIsToldWithTheWayBack() {
        onVersions(
                2,
                (terminal, client, store) -> {
                    StoredObject chunk = written(terminal, store);
                    store.delete(chunk.key());
                    assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                    assertThat(terminal.out())
                            .contains("damaged: " + chunk.key() + ": missing")
                            .contains("deleted on ", "CloudTrail", "is still there: ")
                            .contains("aws s3api copy-object --bucket vault --key prod/");
                    bringBack(client, terminal.out());
                    assertThat(terminal.run("verify")).isZero();
                });
    }

    @Test
    void O17_whatWasOverwrittenIsFoundByItsHash() {
        onVersions(
                2,
                (terminal, client, store) -> {
                    StoredObject chunk = written(terminal, store);
                    overwriteTwice(client, chunk);
                    assertThat(terminal.run("--json", "verify")).isEqualTo(Failure.NOT_WHOLE);
                    assertThat(terminal.out()).contains("\"hint\":\"written on ");
                    assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                    assertThat(terminal.out()).contains("its bytes were changed");
                    bringBack(client, terminal.out());
                    assertThat(terminal.run("verify")).isZero();
                });
    }

    @Test
    void O17_aRecordThatWasOverwrittenTwiceComesBackByTheHashTheNextNames() {
        onVersions(
                0,
                (terminal, client, store) -> {
                    terminal.fill(3);
                    List<StoredObject> records = store.list("streams/prod/log/", "", 9);
                    for (StoredObject record : records.subList(0, 2)) {
                        overwriteTwice(client, record);
                    }
                    for (int mended = 0; mended < 2; mended++) {
                        assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                        bringBack(client, terminal.out());
                    }
                    assertThat(terminal.run("verify")).isZero();

                    records.forEach(record -> store.delete(record.key()));
                    assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                    assertThat(terminal.out())
                            .contains("aws s3api list-object-versions --bucket vault --prefix")
                            .contains(" prod/streams/prod/log/ --query 'DeleteMarkers");
                });
    }

    @Test
    void O08_oneRefusalIsToldOnce() {
        on(
                Lab.named("minio"),
                1,
                (terminal, _) -> {
                    System.setProperty("aws.secretAccessKey", "wrong");
                    assertThat(terminal.run("doctor")).isEqualTo(Failure.NOT_WHOLE);
                    assertThat(terminal.out().lines().filter(line -> line.startsWith("bad ")))
                            .hasSize(1);
                    assertThat(terminal.out()).contains("bad   list", "warn  not tried");
                });
    }

    @Test
    void O15_aLogThatIsGoneOrTooNewIsToldOfABucketToo() {
        on(
                Lab.s3(),
                3,
                (terminal, server) -> {
                    try (S3Store store = store(server)) {
                        List<StoredObject> log = store.list("streams/prod/log/", "", 9);
                        String newest = log.getFirst().key();
                        String record =
                                new String(
                                        store.read(newest, 1 << 20).orElseThrow(),
                                        StandardCharsets.UTF_8);
                        store.delete(newest);
                        store.create(
                                newest,
                                record.replaceFirst("\"format\":[0-9]+", "\"format\":999")
                                        .getBytes(StandardCharsets.UTF_8));
                        assertThat(terminal.run("verify")).isEqualTo(Failure.WRONG_USE);
                        assertThat(terminal.out()).contains("streams/prod/log/", "too new");

                        log.forEach(object -> store.delete(object.key()));
                        assertThat(terminal.run("verify")).isEqualTo(Failure.NOT_WHOLE);
                        assertThat(terminal.out()).contains("streams/prod/log/: the log is gone");
                    }
                });
    }

    @Test
    void O28_aBucketThatOverwritesGetsNoVaultNoBackupAndNoCopy() throws Exception {
        Script deaf = Script.always(new Fault.Header(Leg.REQUEST, "If-None-Match", ""));
        try (Server server = RealServer.startOrSkip(Lab.named("moto"));
                FaultProxy way = FaultProxy.to(server.uri(), deaf);
                Fed fed = Fed.twin();
                S3Client client = client(server);
                S3Store direct = store(server)) {
            client.createBucket(bucket -> bucket.bucket("vault"));
            String address = "s3://vault/prod?endpoint=" + way.uri();
            Terminal terminal = new Terminal(address);
            String said = "were told that theirs is there";
            assertThat(terminal.run("init")).isEqualTo(Failure.WRONG_USE);
            assertThat(terminal.err()).contains("vault.json", said, "honours If-None-Match");
            String[] backup = {"backup", "--source", fed.url(), "--to", Fed.END};
            assertThat(terminal.run(backup)).isEqualTo(Failure.WRONG_USE);
            assertThat(terminal.err()).contains("vault.json", said);
            Terminal here = new Terminal(folder.resolve("v").toString());
            assertThat(here.run("init")).isZero();
            assertThat(here.run("vault", "copy", address)).isEqualTo(Failure.WRONG_USE);
            assertThat(here.err()).contains("replica.json", said);
            assertThat(direct.list("", "", 9)).isEmpty();

            assertThat(new Terminal(address(server, "prod")).run("init")).isZero();
            assertThat(terminal.run(backup)).isEqualTo(Failure.WRONG_USE);
            assertThat(terminal.err()).contains("vault.json is there, and could be created once");
            assertThat(direct.list("", "", 9)).hasSize(1);
        }
    }

    @Test
    void O18_whatALockHoldsIsHiddenAndLeavesTheSweepDone() {
        on(
                Lab.named("minio"),
                2,
                (_, server) -> {
                    try (S3Client client = client(server)) {
                        client.createBucket(
                                bucket -> bucket.bucket("locked").objectLockEnabledForBucket(true));
                        client.putObjectLockConfiguration(
                                put ->
                                        put.bucket("locked")
                                                .objectLockConfiguration(VaultOnS3Test::forADay));
                        Terminal locked = new Terminal("s3://locked/v?endpoint=" + server.uri());
                        assertThat(locked.run("init")).as(locked.err()).isZero();
                        locked.fill(30);
                        String[] expire = {"expire", "--keep-last", "28", "--confirm"};
                        assertThat(locked.run(expire)).isZero();
                        assertThat(locked.run("gc", "--grace", "0", "--confirm")).isZero();
                        assertThat(locked.out()).contains("prod: 2 objects deleted");
                        assertThat(locked.run("verify")).isZero();
                        assertThat(locked.out()).contains("read 28 of 28 chunks");
                        assertThat(
                                        client.listObjectVersions(
                                                        list ->
                                                                list.bucket("locked")
                                                                        .prefix(
                                                                                "v/streams/prod/chunks/"))
                                                .versions())
                                .hasSize(30);
                    }
                });
    }

    private static void forADay(ObjectLockConfiguration.Builder lock) {
        lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
                .rule(
                        rule ->
                                rule.defaultRetention(
                                        keep ->
                                                keep.mode(ObjectLockRetentionMode.COMPLIANCE)
                                                        .days(1)));
    }

    private static void keepVersions(S3Client client) {
        client.putBucketVersioning(
                put ->
                        put.bucket("vault")
                                .versioningConfiguration(
                                        on -> on.status(BucketVersioningStatus.ENABLED)));
    }

    /// A chunk of a slice that was kept since the bucket keeps versions.
    private static StoredObject written(Terminal terminal, S3Store store) {
        terminal.fill(2, 1);
        return store.list("streams/prod/chunks/", "", 10).getLast();
    }

    /// What the command that was printed does.
    private static void bringBack(S3Client client, String printed) {
        String source = printed.replaceFirst("(?s).*--copy-source 'vault/([^']*)'.*", "$1");
        String[] parts = source.split("\\?versionId=", 2);
        client.copyObject(
                copy ->
                        copy.sourceBucket("vault")
                                .sourceKey(parts[0])
                                .sourceVersionId(parts[1])
                                .destinationBucket("vault")
                                .destinationKey(parts[0]));
    }
}
