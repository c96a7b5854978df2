package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Report;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/// Holds a vault against itself.
@Command(
        name = "verify",
        description = "Hold the vault against itself: every record, every chunk, every digest.")
final class VerifyCommand extends VaultTask {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description = "Read only this share of the chunks, such as 1%%; else all.")
    private String sample = "100%";

    @Option(
            names = "--expect-head",
            paramLabel = "HASH",
            description = "Prove that the history is what it was when status printed this head.")
    private @Nullable String expected;

    @Override
    Answer answer() {
        VaultCheck check = new VaultCheck(vault(), share(sample));
        Vault vault = vault();
        StringBuilder text = new StringBuilder();
        List<Json> streams = new ArrayList<>();
        boolean sound = true;
        for (String name : streams(vault, names)) {
            Report report = check.check(name);
            sound = sound && report.problems().isEmpty();
            text.append(text(report));
            streams.add(json(report));
        }
        Json.Members json = Json.object().with("streams", Json.of(streams));
        if (expected != null) {
            boolean known = hasHead(vault, expected);
            sound = sound && known;
            text.append(known ? "the history up to this head is unchanged: " : "no such record: ");
            text.append(expected).append('\n');
            json = json.with("historyUnchanged", known);
        }
        return new Answer(text.toString(), json.with("sound", sound), sound ? 0 : 3);
    }

    private boolean hasHead(Vault vault, String head) {
        return streams(vault, names).stream()
                .anyMatch(name -> isSound(vault, name) && vault.stream(name).hasRecord(head));
    }

    private static boolean isSound(Vault vault, String name) {
        return new VaultCheck(vault, 0).check(name).head().isPresent();
    }

    static double share(String percent) {
        try {
            String number = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : "";
            double share = Double.parseDouble(number) / 100;
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--sample is a percentage, such as 1%", e);
        }
        throw new IllegalArgumentException("--sample is a percentage from 0% to 100%");
    }

    private static String text(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %s; read %,d of %,d chunks, %,d samples%n"
                        .formatted(
                                report.log().id(),
                                report.problems().isEmpty()
                                        ? "sound"
                                        : report.problems().size() + " damaged",
                                report.read(),
                                report.chunks(),
                                report.samples()));
        for (Problem problem : report.problems()) {
            text.append("  damaged: %s: %s%n".formatted(problem.key(), problem.what()));
        }
        if (!report.problems().isEmpty()) {
            text.append("  bring it back from a copy: tsvault vault repair --from OTHER\n");
        }
        if (!report.orphans().isEmpty()) {
            long bytes = report.orphans().stream().mapToLong(StoredObject::bytes).sum();
            text.append(
                    "  %d objects (%,d bytes) that no record names; tsvault gc removes them%n"
                            .formatted(report.orphans().size(), bytes));
        }
        report.foreign().forEach(key -> text.append("  not of tsvault: " + key + "\n"));
        return text.toString();
    }

    private static Json json(Report report) {
        Json.Members json =
                Json.object()
                        .with("stream", report.log().id())
                        .with("chunks", report.chunks())
                        .with("chunksRead", report.read())
                        .with("samples", report.samples())
                        .with("orphans", report.orphans().stream().map(StoredObject::key).toList())
                        .with("foreign", report.foreign())
                        .with(
                                "problems",
                                Json.of(
                                        report.problems().stream()
                                                .map(VerifyCommand::json)
                                                .toList()));
        return report.head()
                .map(head -> json.with("seq", head.seq()).with("head", head.sha256()))
                .orElse(json);
    }

    private static Json json(Problem problem) {
        return Json.object().with("key", problem.key()).with("what", problem.what());
    }
}
