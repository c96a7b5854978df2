package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Holds a part of a stream: nothing of it expires until it is released.
@Command(
        name = "hold",
        description = "Let nothing of a stream expire, in all or a part of it, until --release.")
final class HoldCommand extends VaultTask {
    private static final String PREFIX = "hold-";

    @Parameters(index = "0", paramLabel = "STREAM", description = "What to hold.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "How the hold is called.")
    private String hold = "";

    @Option(names = "--from", paramLabel = "TIME", description = "Only what is since then.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only what was before then.")
    private @Nullable String to;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
    private String note = "";

    @Option(names = "--release", description = "Hold it no longer.")
    private boolean release;

    @Override
    Answer answer() {
        Vault vault = vault();
        StreamLog log = vault.stream(streams(vault, List.of(name)).getFirst());
        String holder = PREFIX + hold;
        boolean recorded =
                log.append(
                                state -> {
                                    boolean held = state.pins().containsKey(holder);
                                    return held == release
                                            ? Optional.of(event(holder))
                                            : Optional.<Event>empty();
                                })
                        .isPresent();
        String what = release ? "released" : "held";
        return Answer.done(
                recorded
                        ? "%s of %s is %s".formatted(hold, name, what)
                        : "%s of %s: nothing to do".formatted(hold, name),
                Json.object().with("stream", name).with("hold", hold).with(what, recorded));
    }

    private Event event(String holder) {
        Instant now = Instant.now();
        long startMs = from == null ? Long.MIN_VALUE : Times.parse(from, now);
        long endMs = to == null ? Long.MAX_VALUE : Times.parse(to, now);
        return release ? new Unpin(holder) : new Pin(holder, new TimeRange(startMs, endMs), note);
    }
}
