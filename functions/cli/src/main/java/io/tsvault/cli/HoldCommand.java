package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Pin;
import io.tsvault.core.vault.record.Event.Unpin;
import io.tsvault.core.vault.record.LogName;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
        if (!LogName.isName(hold)) {
            throw new IllegalArgumentException(
                    "\"%s\" cannot be the name of a hold: up to 63 of a-z 0-9 _ -, the first no sign"
                            .formatted(hold));
        }
        TimeRange range = Times.range(from, to, Instant.now());
        Vault vault = vault();
        StreamLog log = vault.stream(streams(vault, List.of(name)).getFirst());
        boolean recorded =
                log.append(state -> release ? released(state) : held(state, range)).isPresent();
        String what = release ? "released" : "held";
        return Answer.done(
                recorded
                        ? "%s of %s is %s".formatted(hold, name, what)
                        : "%s of %s: nothing to do".formatted(hold, name),
                Json.object().with("stream", name).with("hold", hold).with(what, recorded));
    }

    /// Nothing, when it is held just so.
    private Optional<Pin> held(StreamState state, TimeRange range) {
        Pin there = state.pins().get(PREFIX + hold);
        if (there == null) {
            return Optional.of(new Pin(PREFIX + hold, range, note));
        }
        if (!there.range().equals(range)) {
            throw new IllegalArgumentException(
                    "%s holds %s %s already; take another name for what else is to be held"
                            .formatted(hold, name, told(there.range())));
        }
        return Optional.empty();
    }

    private static String told(TimeRange range) {
        String from =
                range.startMs() == Long.MIN_VALUE ? "" : " from " + Times.text(range.startMs());
        String to = range.endMs() == Long.MAX_VALUE ? "" : " to " + Times.text(range.endMs());
        return range.equals(TimeRange.ALL) ? "as a whole" : (from + to).strip();
    }

    private Optional<Unpin> released(StreamState state) {
        if (!state.pins().containsKey(PREFIX + hold)) {
            throw new IllegalArgumentException(
                    "%s has no hold %s; it has %s".formatted(name, hold, holds(state)));
        }
        return Optional.of(new Unpin(PREFIX + hold));
    }

    private static String holds(StreamState state) {
        String holds =
                state.pins().keySet().stream()
                        .filter(holder -> holder.startsWith(PREFIX))
                        .map(holder -> holder.substring(PREFIX.length()))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return holds.isEmpty() ? "none" : holds;
    }
}
