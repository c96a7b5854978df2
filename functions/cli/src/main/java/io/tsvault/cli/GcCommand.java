package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.Vault;
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
        for (String name : streams(vault, names)) {
            Collector collector =
                    new Collector(vault.stream(name), grace(), Instant.now());
            Sweep sweep = collector.plan();
            sweeps.put(collector, sweep);
            text.append(text(name, sweep));
            streams.add(json(name, sweep));
        }
        boolean doubtful = sweeps.values().stream().anyMatch(sweep -> !sweep.doubts().isEmpty());
        boolean refused = doubtful && !force;
        if (confirm && !refused) {
            sweeps.forEach(Collector::sweep);
        }
        text.append(Confirmation.of(confirm, refused).text());
        Json json =
                Json.object().with("streams", Json.of(streams)).with("done", confirm && !refused);
        return new Answer(text.toString(), json, refused ? Failure.REFUSED : 0);
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
