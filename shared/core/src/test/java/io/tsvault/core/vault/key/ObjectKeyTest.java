package io.tsvault.core.vault.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.vault.key.JobFile.Document;
import io.tsvault.core.vault.key.JobFile.Kept;
import io.tsvault.core.vault.key.JobFile.Kind;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.key.ObjectKey.OfCopied;
import io.tsvault.core.vault.key.ObjectKey.OfJob;
import io.tsvault.core.vault.key.ObjectKey.OfPage;
import io.tsvault.core.vault.key.ObjectKey.OfRecord;
import io.tsvault.core.vault.record.LogName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ObjectKeyTest {
    private static final LogName PROD = LogName.ofStream("prod");
    private static final LogName JOB = LogName.ofRestore("job");
    private static final String SHA256 = "5f".repeat(32);

    static List<ObjectKey> all() {
        List<ObjectKey> all = new ArrayList<>(Arrays.asList(Mark.values()));
        for (LogName log : List.of(PROD, JOB, LogName.ofConfig("sources", "a"))) {
            all.add(new OfRecord(log, 1));
            all.add(new OfRecord(log, 9_999_999_999L));
            all.add(new OfPage(log, 1, 31, SHA256));
        }
        all.add(new OfChunk(PROD, Instant.EPOCH, "ab".repeat(16), SHA256));
        all.add(
                new OfChunk(
                        PROD, Instant.ofEpochMilli(1_769_860_800_123L), "0".repeat(32), SHA256));
        for (Document document : Document.values()) {
            all.add(new OfJob(JOB, document));
        }
        all.add(new OfCopied(1));
        all.add(new OfJob(JOB, new JobFile.Report(12)));
        all.add(new OfJob(JOB, new JobFile.Page(1)));
        all.add(new OfJob(JOB, new JobFile.Progress(3, 1)));
        all.add(new OfJob(JOB, new JobFile.Progress(12_345, 9_999_999_998L)));
        for (Kind kind : Kind.values()) {
            all.add(new OfJob(JOB, new Kept(kind, 7)));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsMadeIsReadAgain(ObjectKey key) {
        assertThat(ObjectKey.parse(key.text())).contains(key);
        assertThat(ObjectKey.parse(key.text() + "x")).isEmpty();
        assertThat(ObjectKey.parse("x" + key.text())).isEmpty();
        assertThat(ObjectKey.parse(key.text().substring(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "notes.txt",
                "streams/prod",
                "streams/prod/log/9999999998_0000000002.json",
                "streams/prod/log/9999999999_0000000000.json",
                "streams/Prod/log/9999999998_0000000001.json",
                "streams/prod/manifest.json",
                "config/tenants/a/log/9999999998_0000000001.json",
                "restores/job/report-0.json",
                "restores/job/report-01.json",
                "restores/job/report-1.jsonl.gz",
                "restores/job/conflicts-1.chunk",
                "restores/job/document-1.json",
                "restores/job/partitions/3/9999999998_0000000001.json",
                "restores/job/partitions/0003/9999999998_0000000002.json",
            })
    void whatNobodyMakesIsNoKey(String key) {
        assertThat(ObjectKey.parse(key)).isEmpty();
    }

    @Test
    void aChunkOfADayThatIsNoneIsNoKey() {
        String real = new OfChunk(PROD, Instant.EPOCH, "ab".repeat(16), SHA256).text();
        assertThat(ObjectKey.parse(real.replace("19700101", "19700132"))).isEmpty();
    }

    @Test
    void newerRecordsAreListedFirst() {
        assertThat(new OfRecord(PROD, 10).text()).isLessThan(new OfRecord(PROD, 9).text());
    }
}
