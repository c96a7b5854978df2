package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.aws.ObjectVersion;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class PastVersionsTest {
    private static final String PLACE = "s3://vault/prod/streams/x/log/1.json";
    private static final List<ObjectVersion> OVERWRITTEN_TWICE =
            List.of(version("c", 3), version("b", 2), version("a", 1));

    private static ObjectVersion version(String sha256, int second) {
        return new ObjectVersion("id-" + sha256, Instant.ofEpochSecond(second), sha256);
    }

    @Test
    void O17_ofUnknownHashTheOldestVersionIsTheRightOne() {
        assertThat(PastVersions.hint(OVERWRITTEN_TWICE, Optional.empty(), PLACE))
                .contains("written on 1970-01-01T00:00:03.000Z")
                .endsWith("--copy-source 'vault/prod/streams/x/log/1.json?versionId=id-a'");
    }

    @Test
    void O17_aKnownHashChoosesTheVersion() {
        assertThat(PastVersions.hint(OVERWRITTEN_TWICE, Optional.of("b"), PLACE))
                .endsWith("?versionId=id-b'");
        assertThat(PastVersions.hint(OVERWRITTEN_TWICE, Optional.of("z"), PLACE))
                .endsWith("the bucket keeps no good version of it");
    }

    @Test
    void O16_whatWasOverwrittenBeforeItWasDeletedIsNotBroughtBack() {
        List<ObjectVersion> deleted = List.of(version("", 3), version("b", 2), version("a", 1));
        assertThat(PastVersions.hint(deleted, Optional.empty(), PLACE))
                .contains("deleted on ")
                .endsWith("?versionId=id-a'");
    }
}
