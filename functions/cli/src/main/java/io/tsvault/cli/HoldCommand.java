package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.restore.JobPin;
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
    @Parameters(index = "0", paramLabel = "STREAM", description = "What to hold.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            description = "How the hold is called, or as status calls a restore's, to release it.")
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
        if (!release) {
            return held(log, range);
        }
        Optional<JobPin> pin = JobPin.of(hold).filter(_ -> !has(log.state()));
        return pin.isPresent() ? released(vault, log, pin.get()) : released(log);
    }

    private boolean has(StreamState state) {
        return state.pins().containsKey(Pins.hold(hold));
    }

    private Json.Members json() {
        return Json.object().with("stream", name).with("hold", hold);
    }

    /// What was let go of before comes back by no hold.
    private Answer held(StreamLog log, TimeRange range) {
        requireOwnName();
        boolean recorded = log.append(state -> wanted(state, range)).isPresent();
        HeldSlices held = HeldSlices.of(log.state(), range);
        String deed = recorded ? "is held" : "nothing to do";
        Json json =
                json().with("held", recorded)
                        .with("slices", held.kept())
                        .with("expired", held.expired());
        return held.isTooLate()
                ? new Answer(
                        "%s of %s: refused, %s".formatted(hold, name, held), json, Failure.REFUSED)
                : new Answer(
                        "%s of %s: %s; %s".formatted(hold, name, deed, held),
                        json,
                        held.expired() == 0 ? 0 : Failure.NOT_WHOLE);
    }

    private void requireOwnName() {
        if (JobPin.of(hold).isPresent()) {
            throw new IllegalArgumentException(
                    "\"%s\" is how restores call theirs; take another name".formatted(hold));
        }
    }

    /// Nothing, when it is held just so, or too late.
    private Optional<Pin> wanted(StreamState state, TimeRange range) {
        Pin there = state.pins().get(Pins.hold(hold));
        if (there == null) {
            return HeldSlices.of(state, range).isTooLate()
                    ? Optional.empty()
                    : Optional.of(new Pin(Pins.hold(hold), range, note));
        }
        if (!there.range().equals(range)) {
            throw new IllegalArgumentException(
                    "%s holds %s %s already; take another name for what else is to be held"
                            .formatted(hold, name, Pins.text(there.range())));
        }
        return Optional.empty();
    }

    private Answer released(StreamLog log) {
        boolean recorded = log.append(this::released).isPresent();
        return Answer.done(
                "%s of %s is released".formatted(hold, name), json().with("released", recorded));
    }

    private Optional<Unpin> released(StreamState state) {
        if (!has(state)) {
            throw new IllegalArgumentException(
                    "%s has no hold %s; it has %s".formatted(name, hold, holds(state)));
        }
        return Optional.of(new Unpin(Pins.hold(hold)));
    }

    /// While its job may be at work, it is for the job to let go.
    private Answer released(Vault vault, StreamLog log, JobPin pin) {
        if (!log.state().pins().containsKey(pin.holder())) {
            return released(log);
        }
        if (!pin.isIdle(vault)) {
            return new Answer(
                    "%s of %s: refused, as that restore has not ended; end it, and it lets go: "
                                    .formatted(hold, name)
                            + "tsvault job cancel "
                            + pin.job(),
                    json().with("released", false),
                    Failure.REFUSED);
        }
        boolean recorded = pin.release(vault, log);
        return Answer.done(
                "%s of %s is released".formatted(hold, name), json().with("released", recorded));
    }

    private static String holds(StreamState state) {
        String holds =
                state.pins().keySet().stream()
                        .map(holder -> Pins.name(holder).orElse(holder))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return holds.isEmpty() ? "none" : holds;
    }
}
