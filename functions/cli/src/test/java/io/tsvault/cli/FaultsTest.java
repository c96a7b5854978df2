package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Holds the tests of every module against the catalogue of faults, and writes down which test
/// proves which row: `target/faults.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path TABLE = Path.of("target/faults.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([SOTLWH][0-9]{2}) \\| (.*?) \\| .* \\|$");
    private static final Pattern FINISHED =
            Pattern.compile("(?m)^\\*\\*Finished\\*\\*: ([^.]*)\\.");

    /// One name may carry more than one id: `H05_O10_theRightRegionIsNamed`.
    private static final Pattern TEST = Pattern.compile("void ((?:[A-Z][0-9]{2}_)+\\w+)\\(");

    private static final Pattern ID = Pattern.compile("[A-Z][0-9]{2}(?=_)");

    /// @param skipped is it switched off, with a reason that its source gives?
    private record Proof(String test, boolean skipped) {
        String text() {
            return "`%s`%s".formatted(test, skipped ? " (skipped)" : "");
        }
    }

    private final SortedMap<String, String> rows = new TreeMap<>();
    private final SortedMap<String, List<Proof>> proofs = new TreeMap<>();
    private List<String> finished = List.of();

    @BeforeAll
    void read() throws IOException {
        String catalogue = Files.readString(ROOT.resolve("shared/core/FAULTS.md"));
        for (MatchResult row : ROW.matcher(catalogue).results().toList()) {
            assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1) + " twice").isNull();
        }
        List<String> words =
                FINISHED.matcher(catalogue)
                        .results()
                        .flatMap(line -> Stream.of(line.group(1).split(" ", -1)))
                        .toList();
        finished =
                rows.keySet().stream()
                        .filter(id -> words.contains(id) || words.contains(id.substring(0, 1)))
                        .toList();
        for (String group : List.of("shared", "functions")) {
            try (Stream<Path> modules = Files.list(ROOT.resolve(group))) {
                modules.map(module -> module.resolve("src/test/java"))
                        .filter(Files::isDirectory)
                        .sorted()
                        .forEach(this::readTestsBelow);
            }
        }
    }

    private void readTestsBelow(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .forEach(this::readTests);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readTests(Path file) {
        try {
            String text = Files.readString(file);
            String type = file.getFileName().toString().replace(".java", ".");
            for (MatchResult test : TEST.matcher(text).results().toList()) {
                String annotations =
                        text.substring(text.lastIndexOf("\n\n", test.start()), test.start());
                Proof proof = new Proof(type + test.group(1), annotations.contains("@Disabled("));
                ID.matcher(test.group(1))
                        .results()
                        .forEach(
                                id ->
                                        proofs.computeIfAbsent(id.group(), _ -> new ArrayList<>())
                                                .add(proof));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFaultThatATestNamesIsInTheCatalogue() {
        assertThat(proofs.keySet()).isNotEmpty().isSubsetOf(rows.keySet());
    }

    @Test
    void everyFinishedRowHasATest() {
        assertThat(finished).hasSizeGreaterThan(40);
        assertThat(finished.stream().filter(id -> !proofs.containsKey(id)))
                .as("rows that FAULTS.md calls finished, and no test names")
                .isEmpty();
    }

    @Test
    void theTableIsWritten() throws IOException {
        StringBuilder table =
                new StringBuilder(
                        """
                        # Which test proves which row of FAULTS.md

                        | id | fault | tests |
                        |---|---|---|
                        """);
        for (Map.Entry<String, String> row : rows.entrySet()) {
            List<Proof> tests = proofs.getOrDefault(row.getKey(), List.of());
            String cell = String.join("<br>", tests.stream().map(Proof::text).toList());
            table.append(
                    "| %s | %s | %s |%n".formatted(row.getKey(), row.getValue(), orLater(cell)));
        }
        Files.writeString(TABLE, table);
        assertThat(TABLE).content().contains("| O01 | ", "slowDownIsObeyed");
    }

    private static String orLater(String cell) {
        return cell.isEmpty() ? "not yet" : cell;
    }
}
