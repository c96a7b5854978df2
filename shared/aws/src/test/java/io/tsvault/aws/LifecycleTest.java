package io.tsvault.aws;

import static io.tsvault.core.store.Finding.State.BAD;
import static io.tsvault.core.store.Finding.State.OK;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

import java.time.Instant;
import java.util.List;

class LifecycleTest {
    private static final Tag TAG = Tag.builder().key("temporary").value("yes").build();
    private final Lifecycle lifecycle = new Lifecycle("prod/vault/");

    private static LifecycleRule.Builder rule() {
        return LifecycleRule.builder().id("tidy").status(ExpirationStatus.ENABLED);
    }

    private static LifecycleRule.Builder deleting() {
        return rule().expiration(expiration -> expiration.days(3650));
    }

    private static LifecycleRule.Builder movingTo(TransitionStorageClass storageClass) {
        return rule().transitions(Transition.builder().days(30).storageClass(storageClass).build());
    }

    private Finding judge(LifecycleRule.Builder... rules) {
        return lifecycle.judge(List.of(rules).stream().map(LifecycleRule.Builder::build).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD",
        "prod/, BAD",
        "prod/vault/, BAD",
        "prod/vault/streams/x/, BAD",
        "prod/va, BAD",
        "prod/vault2/, OK",
        "staging/, OK",
    })
    void O32_aRuleConcernsUsWhereItsPrefixOverlapsOurs(String prefix, Finding.State state) {
        assertThat(judge(deleting().filter(filter -> filter.prefix(prefix))).state())
                .isEqualTo(state);
        assertThat(
                        judge(deleting().filter(filter -> filter.and(and -> and.prefix(prefix))))
                                .state())
                .isEqualTo(state);
    }

    @Test
    @SuppressWarnings("deprecation")
    void O32_aRuleWithoutAFilterConcernsUs() {
        assertThat(judge(deleting()).state()).isEqualTo(BAD);
        assertThat(judge(deleting().prefix("prod/")).state()).isEqualTo(BAD);
        assertThat(judge(deleting().prefix("staging/")).state()).isEqualTo(OK);
    }

    @Test
    void aRuleForTaggedObjectsDoesNot() {
        assertThat(judge(deleting().filter(filter -> filter.tag(TAG))).state()).isEqualTo(OK);
        assertThat(judge(deleting().filter(filter -> filter.and(and -> and.tags(TAG)))).state())
                .isEqualTo(OK);
    }

    @Test
    void O32_aRuleForSomeSizesDoes() {
        assertThat(judge(deleting().filter(filter -> filter.objectSizeGreaterThan(1L))).state())
                .isEqualTo(BAD);
    }

    @Test
    void aRuleThatIsSwitchedOffDoesNot() {
        assertThat(judge(deleting().status(ExpirationStatus.DISABLED)).state()).isEqualTo(OK);
    }

    @Test
    void O32_aDateDeletesToo() {
        Instant date = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(judge(rule().expiration(expiration -> expiration.date(date))))
                .isEqualTo(
                        Finding.bad(
                                "lifecycle",
                                "deletes what the vault still needs: tidy (on"
                                        + " 2030-01-01T00:00:00Z); take the vault's prefix out of"
                                        + " it"));
    }

    @ParameterizedTest
    @EnumSource(
            value = TransitionStorageClass.class,
            names = {"GLACIER", "DEEP_ARCHIVE"})
    void O31_anArchiveOfRecordsClosesTheVault(TransitionStorageClass archive) {
        Finding found = judge(movingTo(archive));
        assertThat(found.state()).isEqualTo(BAD);
        assertThat(found.detail()).contains("tidy", "prod/vault/streams/NAME/chunks/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', BAD",
        "prod/vault/, BAD",
        "prod/vault/vault.json, BAD",
        "prod/vault/config/, BAD",
        "prod/vault/streams/, BAD",
        "prod/vault/streams/x/, BAD",
        "prod/vault/streams/x/log/, BAD",
        "prod/vault/streams/x/pages/, BAD",
        "prod/vault/streams/x/chunks/, WARN",
        "prod/vault/streams/x/chunks/2020, WARN",
        "prod/vault2/, OK",
    })
    void O31_anArchiveOfChunksAloneIsAWarning(String prefix, Finding.State state) {
        LifecycleRule.Builder rule = movingTo(TransitionStorageClass.GLACIER);
        Finding found = judge(rule.filter(filter -> filter.prefix(prefix)));
        assertThat(found.state()).as(found.detail()).isEqualTo(state);
    }

    @Test
    void O31_oneRuleForRecordsIsNotHiddenByOneForChunks() {
        LifecycleRule.Builder chunks =
                movingTo(TransitionStorageClass.GLACIER)
                        .id("chunks")
                        .filter(filter -> filter.prefix("prod/vault/streams/x/chunks/"));
        Finding found = judge(chunks, movingTo(TransitionStorageClass.GLACIER).id("all"));
        assertThat(found.state()).isEqualTo(BAD);
        assertThat(found.detail()).contains(": all; ");
    }

    @Test
    void cheaperClassesAndOldVersionsAreNotOurConcern() {
        assertThat(
                        judge(
                                        movingTo(TransitionStorageClass.GLACIER_IR),
                                        rule().noncurrentVersionExpiration(
                                                        old -> old.noncurrentDays(30)),
                                        rule().abortIncompleteMultipartUpload(
                                                        left -> left.daysAfterInitiation(7)),
                                        rule().expiration(
                                                        marker ->
                                                                marker.expiredObjectDeleteMarker(
                                                                        true)))
                                .state())
                .isEqualTo(OK);
    }
}
