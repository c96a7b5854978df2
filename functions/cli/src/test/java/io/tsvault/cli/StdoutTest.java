package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

class StdoutTest {
    private static Stdout failing(String message) {
        return new Stdout(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(message);
                    }
                });
    }

    private static int exitCode(Stdout stdout) {
        Writer out = new OutputStreamWriter(stdout, StandardCharsets.UTF_8);
        PrintWriter err =
                new PrintWriter(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(out, err, "--version");
    }

    @Test
    void whatIsWrittenArrives() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Stdout stdout = new Stdout(bytes);
        assertThat(exitCode(stdout)).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("tsvault ");
        assertThat(stdout.problem()).isEmpty();
    }

    @Test
    void aFullDiskIsSaid() {
        Stdout stdout = failing("No space left on device");
        assertThat(exitCode(stdout)).isEqualTo(1);
        assertThat(stdout.problem()).contains("No space left on device");
    }

    @Test
    void aReaderThatHasEnoughIsNoProblem() {
        Stdout stdout = failing("Broken pipe");
        assertThat(exitCode(stdout)).isEqualTo(1);
        assertThat(stdout.problem()).isEmpty();
    }
}
