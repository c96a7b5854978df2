package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.retention.Collector;
import io.tsvault.core.vault.retention.Collector.Sweep;
import io.tsvault.core.vault.retention.Collector.Swept;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Deletes garbage.
@Command(
        name = "gc",
        description = "Delete what no record names; says what would go, until --confirm.")
final class GcCommand extends VaultTask {
    /// No backup is under way for longer between a chunk and its record.
    static final String GRACE = "1d";

    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "Leave alone what is younger, as a backup may be about to name it; or 0.")
    private String grace = GRACE;

    @Option(names = "--confirm", description = "Really do it.")
    private boolean confirm;

    @Option(names = "--force", description = "Also if much would go.")
    private boolean force;

    @Override
    Answer answer() {
        Vault vault = writable(confirm);
        Opened opened = opened(vault, names);
        List<Turn> turns = opened.logs().stream().map(this::look).toList();
        boolean refused = !force && turns.stream().anyMatch(Turn::isDoubtful);
        if (confirm && !refused) {
            turns = turns.stream().map(Turn::done).toList();
        }
        StringBuilder text = new StringBuilder();
        turns.forEach(turn -> text.append(turn.text()));
        Damage missing =
                new Damage(turns.stream().flatMap(turn -> turn.plan().missing().stream()).toList());
        text.append(missing.text("damaged: ")).append(missing.remedies());
        Damage kept = new Damage(turns.stream().flatMap(turn -> turn.kept().stream()).toList());
        text.append(kept.text("stays, and is tried again by the next gc: "));
        text.append(opened.text());
        int code = opened.code(kept.isEmpty() && missing.isEmpty() ? 0 : Failure.NOT_WHOLE);
        text.append(Confirmation.of(confirm, refused, code == 0).text());
        Json json =
                Json.object()
                        .with("streams", Json.of(turns.stream().map(Turn::json).toList()))
                        .with("missing", missing.json())
                        .with("kept", kept.json())
                        .with("unread", opened.unread().json())
                        .with("done", confirm && !refused && code == 0);
        boolean onlyRefused = refused && missing.isEmpty();
        return new Answer(text.toString(), json, onlyRefused ? Failure.REFUSED : code);
    }

    private Turn look(StreamLog log) {
        Collector collector = new Collector(log, grace(), Instant.now());
        return new Turn(log.name().id(), collector, collector.plan(), Optional.empty());
    }

    private Duration grace() {
        return grace.equals("0") ? Duration.ZERO : LabStartCommand.duration(grace);
    }

    /// What becomes of a stream.
    ///
    /// @param swept empty when it was only looked at
    private record Turn(String stream, Collector collector, Sweep plan, Optional<Swept> swept) {
        boolean isDoubtful() {
            return !plan.doubts().isEmpty();
        }

        Turn done() {
            return new Turn(stream, collector, plan, Optional.of(collector.sweep(plan)));
        }

        /// What is locked.
        List<Problem> kept() {
            return swept.map(Swept::kept).orElse(List.of());
        }

        String text() {
            StringBuilder text = new StringBuilder();
            text.append(stream).append(": ");
            text.append(
                    swept.map(what -> Count.of(what.objects(), "object") + " deleted\n")
                            .orElseGet(this::planned));
            plan.doubts().forEach(doubt -> text.append("  doubtful: " + doubt + "\n"));
            return text.toString();
        }

        private String planned() {
            int more = plan.unfinished().size();
            return "to delete: %s, %s%s%n"
                    .formatted(
                            Count.of(plan.garbage().size(), "object"),
                            Count.of(plan.bytes(), "byte"),
                            more == 0
                                    ? ""
                                    : "; and %s of a sweep that was cut off"
                                            .formatted(Count.of(more, "object")));
        }

        Json json() {
            Json.Members json =
                    Json.object()
                            .with("stream", stream)
                            .with("garbage", keys())
                            .with("unfinished", plan.unfinished())
                            .with("bytes", plan.bytes())
                            .with("doubts", plan.doubts());
            return swept.map(what -> json.with("deleted", what.objects())).orElse(json);
        }

        private List<String> keys() {
            return plan.garbage().stream().map(StoredObject::key).toList();
        }
    }
}
