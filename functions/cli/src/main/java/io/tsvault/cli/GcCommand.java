package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.retention.Collector;
import io.tsvault.core.vault.retention.Collector.Sweep;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Deletes garbage.
@Command(
        name = "gc",
        description = "Delete what no record names; says what would go, until --confirm.")
final class GcCommand extends VaultTask {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            description = "Leave alone what is younger, as a backup may be about to name it; or 0.")
    private String grace = "1d";

    @Option(names = "--confirm", description = "Really do it.")
    private boolean confirm;

    @Option(names = "--force", description = "Also if much would go.")
    private boolean force;

    @Override
    Answer answer() {
        Vault vault = vault();
        Map<Collector, Sweep> sweeps = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        List<Json> streams = new ArrayList<>();
        Opened opened = opened(vault, names);
        for (StreamLog log : opened.logs()) {
            String name = log.name().id();
            Collector collector = new Collector(log, grace(), Instant.now());
            Sweep sweep = collector.plan();
            sweeps.put(collector, sweep);
            text.append(text(name, sweep));
            streams.add(json(name, sweep));
        }
        boolean doubtful = sweeps.values().stream().anyMatch(sweep -> !sweep.doubts().isEmpty());
        boolean refused = doubtful && !force;
        Damage kept = new Damage(confirm && !refused ? swept(sweeps) : List.of());
        text.append(kept.text("stays, and is tried again by the next gc: "));
        text.append(opened.text());
        text.append(Confirmation.of(confirm, refused).text());
        Json json =
                Json.object()
                        .with("streams", Json.of(streams))
                        .with("kept", kept.json())
                        .with("unread", opened.unread().json())
                        .with("done", confirm && !refused);
        int code = kept.isEmpty() ? 0 : Failure.NOT_WHOLE;
        return new Answer(text.toString(), json, opened.code(refused ? Failure.REFUSED : code));
    }

    /// @return what is locked
    private static List<Problem> swept(Map<Collector, Sweep> sweeps) {
        List<Problem> kept = new ArrayList<>();
        sweeps.forEach((collector, sweep) -> kept.addAll(collector.sweep(sweep).kept()));
        return kept;
    }

    private Duration grace() {
        return grace.equals("0") ? Duration.ZERO : LabStartCommand.duration(grace);
    }

    private static String text(String name, Sweep sweep) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %d objects go, %,d bytes; %d more of a sweep that was cut off%n"
                        .formatted(
                                name,
                                sweep.garbage().size(),
                                sweep.bytes(),
                                sweep.unfinished().size()));
        sweep.doubts().forEach(doubt -> text.append("  doubtful: " + doubt + "\n"));
        return text.toString();
    }

    private static Json json(String name, Sweep sweep) {
        return Json.object()
                .with("stream", name)
                .with("garbage", sweep.garbage().stream().map(StoredObject::key).toList())
                .with("unfinished", sweep.unfinished())
                .with("bytes", sweep.bytes())
                .with("doubts", sweep.doubts());
    }
}
