package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class LeashTest {
    @TempDir Path folder;

    private Launch launch() {
        Program program = new Program(Product.MOTO, "1", Path.of("/bin/sh"), "here");
        return new Launch(program, List.of(), folder, folder);
    }

    @Test
    @Tag("slow")
    void aChildDiesWithItsJvmEvenWhenThatIsKilled() throws Exception {
        Process parent = ProcessHolding.leashOn(folder);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(ProcessHolding.firstLine(parent))).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        parent.destroyForcibly().waitFor();
        child.onExit().get();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void thePidIsThatOfTheProgramAndItsOutputGoesToTheLog() throws Exception {
        Leash leash =
                Leash.start(
                        List.of("sh", "-c", "echo $$ $WORD; echo oops >&2; exit 3"),
                        Map.of("WORD", "of the environment"),
                        launch());
        assertThat(leash.process().waitFor()).isEqualTo(3);
        assertThat(launch().log())
                .hasContent(leash.process().pid() + " of the environment\noops\n");
    }

    @Test
    void aProgramThatIsAskedToEndMaySaveItsWork() throws Exception {
        String saves = "trap 'echo saved; exit 0' TERM; echo up; while :; do sleep 0.01; done";
        Leash leash = Leash.start(List.of("sh", "-c", saves), Map.of(), launch());
        while (launch().tail().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(leash.askToEnd()).isTrue();
        assertThat(leash.process().waitFor()).isZero();
        assertThat(launch().tail()).endsWith("saved");
    }
}
