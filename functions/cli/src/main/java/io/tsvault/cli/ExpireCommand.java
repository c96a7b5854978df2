package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    private @Nullable Integer last;

    @Option(names = "--confirm", description = "Really do it.")
    private boolean confirm;

    @Option(names = "--force", description = "Also if much would go, or the newest slices.")
    private boolean force;

    @Override
    Answer answer() {
        Optional<Duration> time = Optional.ofNullable(within).map(LabStartCommand::duration);
        if (last != null && last < 1) {
            throw new IllegalArgumentException("--keep-last has to be 1 or more, not " + last);
        }
        Retention retention = new Retention(time, last == null ? 0 : last);
        Vault vault = writable(confirm);
        Instant now = Instant.now();
        Opened opened = opened(vault, names);
        List<Turn> turns = turns(vault, opened, false, log -> retention.plan(log.state(), now));
        boolean refused = turns.stream().anyMatch(Turn::isRefused);
        if (confirm && !refused) {
            turns = turns(vault, opened, true, log -> Expiry.expire(log, retention, now, force));
            refused = turns.stream().anyMatch(Turn::isRefused);
        }
        StringBuilder text = new StringBuilder();
        turns.forEach(turn -> text.append(turn.text()));
        text.append(opened.text());
        boolean inPart = refused && turns.stream().anyMatch(Turn::isGone);
        boolean whole = opened.code(0) == 0;
        Confirmation end = inPart ? Confirmation.IN_PART : Confirmation.of(confirm, refused, whole);
        text.append(end.text());
        Json json =
                Json.object()
                        .with("streams", Json.of(turns.stream().map(Turn::json).toList()))
                        .with("unread", opened.unread().json())
                        .with("done", confirm && !refused && whole);
        return new Answer(text.toString(), json, opened.code(refused ? Failure.REFUSED : 0));
    }

    private List<Turn> turns(
            Vault vault, Opened opened, boolean tried, Function<StreamLog, Expiry> step) {
        return opened.logs().stream()
                .map(log -> new Turn(new Pins(vault, log), step.apply(log), tried, force))
                .toList();
    }

    /// What becomes of a stream.
    ///
    /// @param tried false when it was only looked at
    private record Turn(Pins pins, Expiry expiry, boolean tried, boolean force) {
        private String stream() {
            return pins.log().name().id();
        }

        boolean isRefused() {
            return !force && !expiry.doubts().isEmpty();
        }

        /// What is doubtful was tried, and would expire.
        private String deed() {
            return isGone() || (tried && expiry.slices() == 0) ? "expired" : "would expire";
        }

        boolean isGone() {
            return tried && expiry.goes(force);
        }

        String text() {
            StringBuilder text = new StringBuilder();
            text.append(
                    "%s: %s %s, %,d of %s; %s%n"
                            .formatted(
                                    stream(),
                                    deed(),
                                    Count.of(expiry.slices(), "slice"),
                                    expiry.bytes(),
                                    Count.of(expiry.bytesOfAll(), "byte"),
                                    pinned()));
            for (TimeRange range : expiry.ranges()) {
                String start = Times.text(range.startMs());
                text.append("  from %s to %s%n".formatted(start, Times.text(range.endMs())));
            }
            pins.among(expiry.pinned()).forEach(pin -> text.append("  pinned by " + pin + "\n"));
            expiry.doubts().forEach(doubt -> text.append("  doubtful: " + doubt + "\n"));
            return text.toString();
        }

        private String pinned() {
            return expiry.pinned().isEmpty()
                    ? "none is pinned"
                    : "stays as it is pinned: " + Count.of(expiry.pinned().size(), "slice");
        }

        Json json() {
            return Json.object()
                    .with("stream", stream())
                    .with("slices", expiry.slices())
                    .with("bytes", expiry.bytes())
                    .with("pinned", expiry.pinned().size())
                    .with("gone", isGone())
                    .with("doubts", expiry.doubts());
        }
    }
}
