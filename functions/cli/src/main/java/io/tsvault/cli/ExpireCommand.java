package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.retention.Expiry;
import io.tsvault.core.vault.retention.Retention;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets go of old slices.
@Command(
        name = "expire",
        description = "Let go of old slices; says what would go, until --confirm.")
final class ExpireCommand extends VaultTask {
    @Parameters(arity = "0..*", paramLabel = "STREAM", description = "Only these; else all.")
    private List<String> names = List.of();

    @Option(
            names = "--keep-within",
            paramLabel = "TIME",
            description = "Keep what is younger than this, by its samples or its record: 90d.")
    private @Nullable String within;

    @Option(
            names = "--keep-last",
            paramLabel = "N",
            description = "Keep the newest N slices with samples.")
    private int last;

    @Option(names = "--confirm", description = "Really do it.")
    private boolean confirm;

    @Option(names = "--force", description = "Also if much would go, or the newest slices.")
    private boolean force;

    @Override
    Answer answer() {
        Optional<Duration> time = Optional.ofNullable(within).map(LabStartCommand::duration);
        Retention retention = new Retention(time, last);
        Vault vault = vault();
        Instant now = Instant.now();
        Opened opened = opened(vault, names);
        List<StreamLog> logs = opened.logs();
        StringBuilder text = new StringBuilder();
        List<Json> streams = new ArrayList<>();
        boolean doubtful = false;
        for (StreamLog log : logs) {
            Expiry expiry = retention.plan(log.state(), now);
            doubtful = doubtful || !expiry.doubts().isEmpty();
            text.append(text(log, expiry));
            streams.add(json(log, expiry));
        }
        boolean refused = doubtful && !force;
        if (confirm && !refused) {
            logs.forEach(log -> Expiry.expire(log, retention, now, force));
        }
        text.append(opened.text());
        text.append(Confirmation.of(confirm, refused).text());
        Json json =
                Json.object()
                        .with("streams", Json.of(streams))
                        .with("unread", opened.unread().json())
                        .with("done", confirm && !refused);
        return new Answer(text.toString(), json, opened.code(refused ? Failure.REFUSED : 0));
    }

    private static String text(StreamLog log, Expiry expiry) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %d slices go, %,d of %,d bytes; %d would go but are pinned%n"
                        .formatted(
                                log.name().id(),
                                expiry.slices(),
                                expiry.bytes(),
                                expiry.bytesOfAll(),
                                expiry.pinned().size()));
        expiry.ranges()
                .forEach(
                        range ->
                                text.append(
                                        "  from %s to %s%n"
                                                .formatted(
                                                        Times.text(range.startMs()),
                                                        Times.text(range.endMs()))));
        expiry.doubts().forEach(doubt -> text.append("  doubtful: " + doubt + "\n"));
        return text.toString();
    }

    private static Json json(StreamLog log, Expiry expiry) {
        return Json.object()
                .with("stream", log.name().id())
                .with("slices", expiry.slices())
                .with("bytes", expiry.bytes())
                .with("pinned", expiry.pinned().size())
                .with("doubts", expiry.doubts());
    }
}
