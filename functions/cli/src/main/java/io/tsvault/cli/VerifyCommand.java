package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck;
import io.tsvault.core.vault.VaultCheck.Absent;
import io.tsvault.core.vault.VaultCheck.Others;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Report;
import io.tsvault.core.vault.record.LogName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Holds a vault against itself.
@Command(
        name = "verify",
        description = "Hold the vault against itself: every record, every chunk, every digest.")
final class VerifyCommand extends VaultTask {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String DOUBT =
            " captured whose records are not there: runs were cut off, or records are lost; if a"
                    + " head was written down: tsvault verify --expect-head HASH";
    private static final String NO_RECORD =
            "the history was changed, or its end is lost: no record here has this hash: ";
    private static final String UNREGISTERED =
            " has records and nothing that says how they were had: its configuration is lost."
                    + " tsvault vault repair --from OTHER brings it back; tsvault source add and"
                    + " tsvault stream add register it again\n";
    private static final String UNPROVEN =
            "that no record names which can be read: only the hashes in their keys were checked";

    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--sample",
            paramLabel = "PERCENT",
            description =
                    "Read only this share of the chunks, such as 1%%: other ones each day, until"
                            + " all were; that they are there is seen of all.")
    private String sample = "100%";

    @Option(
            names = "--expect-head",
            paramLabel = "HASH",
            description = "Prove that the history is what it was when status printed this head.")
    private @Nullable String expected;

    @Override
    Answer answer() {
        Optional<String> head = Optional.ofNullable(expected).map(VerifyCommand::hash);
        Vault vault = vault();
        VaultCheck check = new VaultCheck(vault, share(sample));
        check.requireDescribed();
        PastVersions past = PastVersions.of(address());
        StringBuilder text = new StringBuilder();
        List<Json> streams = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        boolean doubtful = false;
        for (String name : streams(vault, names)) {
            Report report = check.check(name);
            problems.addAll(report.problems());
            doubtful = doubtful || report.isDoubtful();
            Map<String, String> hints = past.hints(report.problems());
            text.append(text(report, hints));
            streams.add(json(report, hints));
        }
        Others others = names.isEmpty() ? check.checkOthers() : check.checkMarks();
        problems.addAll(others.problems());
        doubtful = doubtful || isDoubtful(others);
        int code = doubtful ? Failure.NOT_WHOLE : new Damage(problems).code();
        text.append(text(vault, others));
        Json.Members json =
                Json.object()
                        .with("streams", Json.of(streams))
                        .with("otherLogs", others.logs())
                        .with("absent", absent(others))
                        .with("unregistered", unregistered(others))
                        .with("otherProblems", new Damage(others.problems()).json())
                        .with("foreign", others.foreign());
        if (head.isPresent()) {
            Optional<LogName> log = head.flatMap(check::whose);
            code = log.isPresent() ? code : Failure.NOT_WHOLE;
            text.append(
                    log.map("the history of %s up to this head is unchanged: "::formatted)
                            .orElse(NO_RECORD));
            text.append(head.get()).append('\n');
            json = json.with("historyUnchanged", log.isPresent());
            json = log.isPresent() ? json.with("historyOf", log.get().path()) : json;
        }
        return new Answer(text.toString(), json.with("sound", code == 0), code);
    }

    private static String hash(String text) {
        String hash = text.toLowerCase(Locale.ROOT);
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException(
                    "--expect-head \"%s\" is no hash: 64 digits of 0-9 a-f, as status prints them"
                            .formatted(text));
        }
        return hash;
    }

    private String text(Vault vault, Others others) {
        StringBuilder text = new StringBuilder();
        if (names.isEmpty()) {
            boolean none = vault.streams().isEmpty() && others.absent().isEmpty();
            text.append(none ? "no stream has been backed up yet\n" : "");
            others.absent().forEach(stream -> text.append(text(stream)));
            unregistered(others).forEach(name -> text.append(name + UNREGISTERED));
            text.append(
                    "%s: %s%n"
                            .formatted(
                                    Count.of(others.logs(), "other log"),
                                    new Damage(others.problems()).summary()));
        }
        text.append(new Damage(others.problems()).text("  damaged: "));
        text.append(new Damage(others.problems()).remedies());
        others.foreign().forEach(key -> text.append("no part of a vault: " + key + "\n"));
        return text.toString();
    }

    private static boolean isDoubtful(Others others) {
        return !unregistered(others).isEmpty() || others.absent().stream().anyMatch(Absent::isLate);
    }

    private static List<String> unregistered(Others others) {
        return others.unregistered().stream().filter(name -> !TargetBackup.isNameOf(name)).toList();
    }

    private static String text(Absent absent) {
        return "%s is registered since %s, and nothing of it is here: never backed up, or lost%n"
                .formatted(absent.stream(), Times.text(absent.since().toEpochMilli()));
    }

    private static Json absent(Others others) {
        return Json.of(
                others.absent().stream()
                        .map(
                                absent ->
                                        Json.object()
                                                .with("stream", absent.stream())
                                                .with(
                                                        "since",
                                                        Times.text(absent.since().toEpochMilli()))
                                                .with("late", absent.isLate()))
                        .toList());
    }

    static double share(String percent) {
        try {
            String number = percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : "";
            double share = Double.parseDouble(number) / 100;
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--sample is a percentage, such as 1%", e);
        }
        throw new IllegalArgumentException("--sample is a percentage above 0%, up to 100%");
    }

    private static String text(Report report, Map<String, String> hints) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %s; read %,d of %s, %s%n"
                        .formatted(
                                report.log().id(),
                                summary(report),
                                report.read(),
                                Count.of(report.chunks(), "chunk"),
                                Count.of(report.samples(), "sample")));
        text.append(new Damage(report.problems(), hints).text("  damaged: "));
        text.append(new Damage(report.problems()).remedies());
        int unread = report.chunks() - report.read();
        if (!report.problems().isEmpty() && unread > 0) {
            text.append("  %s not checked%n".formatted(Count.of(unread, "chunk")));
        }
        if (report.unproven() > 0) {
            text.append("  %s %s%n".formatted(Count.of(report.unproven(), "chunk"), UNPROVEN));
        }
        text.append(orphans(report));
        report.foreign().forEach(key -> text.append("  not of tsvault: " + key + "\n"));
        return text.toString();
    }

    private static String summary(Report report) {
        return report.problems().isEmpty() && report.isDoubtful()
                ? "doubtful"
                : new Damage(report.problems()).summary();
    }

    /// What no record names: a doubt, or what is left to the collector.
    private static String orphans(Report report) {
        if (report.orphans().isEmpty()) {
            return "";
        }
        long bytes = report.orphans().stream().mapToLong(StoredObject::bytes).sum();
        String found =
                "  %s (%s) that no record names"
                        .formatted(
                                Count.of(report.orphans().size(), "object"),
                                Count.of(bytes, "byte"));
        if (report.captured() == 0) {
            return "%s; tsvault gc removes them%s%n".formatted(found, from(report.orphans()));
        }
        String slices = report.captured() == 1 ? "1 slice was" : report.captured() + " slices were";
        return "%s; %s%s%n".formatted(found, slices, DOUBT);
    }

    /// While some are too young for the collector.
    private static String from(List<StoredObject> orphans) {
        Duration grace = LabStartCommand.duration(GcCommand.GRACE);
        return orphans.stream()
                .map(orphan -> orphan.created().plus(grace))
                .max(Comparator.naturalOrder())
                .filter(Instant.now()::isBefore)
                .map(last -> " from " + Times.text(last.toEpochMilli()) + " on")
                .orElse("");
    }

    private static Json json(Report report, Map<String, String> hints) {
        Json.Members json =
                Json.object()
                        .with("stream", report.log().id())
                        .with("chunks", report.chunks())
                        .with("chunksRead", report.read())
                        .with("unproven", report.unproven())
                        .with("samples", report.samples())
                        .with("orphans", report.orphans().stream().map(StoredObject::key).toList())
                        .with("unsettled", report.unsettled())
                        .with("captured", report.captured())
                        .with("foreign", report.foreign())
                        .with("problems", new Damage(report.problems(), hints).json());
        return report.head()
                .map(head -> json.with("seq", head.seq()).with("head", head.sha256()))
                .orElse(json);
    }
}
