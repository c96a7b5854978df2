package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

@Tag("slow")
class DemoTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int demo(String... more) {
        String[] words = Stream.concat(Stream.of("demo"), Stream.of(more)).toArray(String[]::new);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    @Test
    void whatWasDestroyedComesBackBitForBit() throws IOException {
        Path kept = folder.resolve("kept");

        assertThat(demo("--keep", kept.toString())).as(err.toString()).isZero();

        assertThat(out.toString()).startsWith("PROVEN: 2,772,000 samples");
        assertThat(err.toString()).contains("it is killed, and its data deleted");
        assertThat(kept.resolve("manifest.json")).exists();
        try (Stream<Path> reports = Files.walk(kept.resolve("vault").resolve("restores"))) {
            assertThat(reports).anyMatch(path -> path.endsWith("report-1.json"));
        }
    }

    @Test
    void theBackupMayBeInABucket() {
        assertThat(demo("--s3")).as(err.toString()).isZero();

        assertThat(out.toString()).startsWith("PROVEN: 2,772,000 samples");
        assertThat(err.toString()).contains("the vault is s3://demo/vault/ of ");
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() {
        assertThat(demo("--keep", folder.toString())).isEqualTo(Failure.WRONG_USE);
        assertThat(err.toString()).contains("is there already");
    }
}
