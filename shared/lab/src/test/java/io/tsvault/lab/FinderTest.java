package io.tsvault.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

class FinderTest {
    private static final Edition WANTED = Edition.of(Product.PROMETHEUS, "3.5");

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void nothingMayBeFetched() {
        environment.put("TSVAULT_LAB_OFFLINE", "1");
    }

    private Finder finder() {
        return new Finder(environment, new Cache(folder.resolve("cache"), _ -> {}));
    }

    private Path program(String place, String version) throws IOException {
        Path binary = folder.resolve(place).resolve("prometheus");
        Files.createDirectories(binary.getParent());
        Files.writeString(binary, "#!/bin/sh\necho 'prometheus, version " + version + " (x)'\n");
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return binary;
    }

    @Test
    void theNamedProgramComesFirstThenTheLabsPathThenThePath() throws IOException {
        Path onPath = program("path", "3.5.1");
        Path onLabPath = program("lab path", "3.5.2");
        Path named = program("named", "3.5.3");
        environment.put("PATH", onPath.getParent() + ":/usr/bin");
        assertThat(finder().find(WANTED).binary()).isEqualTo(onPath);
        environment.put("TSVAULT_LAB_PATH", onLabPath.getParent() + "");
        assertThat(finder().find(WANTED).binary()).isEqualTo(onLabPath);
        environment.put("TSVAULT_LAB_PROMETHEUS_3_5", named.toString());
        assertThat(finder().find(WANTED).binary()).isEqualTo(named);
    }

    @Test
    void aProgramOfAnotherVersionIsNotTaken() throws IOException {
        environment.put("PATH", program("path", "3.50.0").getParent() + "");
        assertThatThrownBy(() -> finder().find(WANTED))
                .isInstanceOf(Unavailable.class)
                .hasMessage(
                        "prometheus:3.5 is not on this machine and TSVAULT_LAB_OFFLINE forbids to"
                                + " fetch it. To use a program of your own, name its folder in"
                                + " TSVAULT_LAB_PATH.");
    }

    @Test
    void aNewerProgramOnThePathIsFoundAsItself() throws IOException {
        Path newer = program("newer", "3.9.1");
        environment.put("TSVAULT_LAB_PATH", newer.getParent() + ":" + folder.resolve("none"));
        assertThat(finder().others(Product.PROMETHEUS))
                .containsExactly(
                        new Program(Product.PROMETHEUS, "3.9.1", newer, "TSVAULT_LAB_PATH"));
    }

    @Test
    void aNamedProgramOfTheWrongVersionIsRefused() throws IOException {
        Path other = program("other", "2.42.0");
        environment.put("TSVAULT_LAB_PROMETHEUS_3_5", other.toString());
        assertThatThrownBy(() -> finder().find(WANTED))
                .isInstanceOf(Unavailable.class)
                .hasMessage(
                        "TSVAULT_LAB_PROMETHEUS_3_5 names %s, which says that it is version 2.42.0",
                        other);
    }

    @Test
    void aProgramOnThePathThatDoesNotRunIsPassedOver() throws IOException {
        Path broken = program("broken", "3.5.0");
        Files.writeString(broken, "#!/bin/sh\nexit 1\n");
        Path good = program("good", "3.5.0");
        environment.put("PATH", broken.getParent() + ":" + good.getParent());
        assertThat(finder().find(WANTED).binary()).isEqualTo(good);
    }

    @Test
    void anEditionThatNobodyHasIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> Lab.named("prometheus:9.9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "prometheus 9.9 is in no source that the lab knows; it can fetch [2.42,"
                                + " 2.53, 3.5].");
    }
}
