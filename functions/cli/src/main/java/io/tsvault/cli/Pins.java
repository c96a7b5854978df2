package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.JobPin;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.record.Event.Pin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who keeps a stream from expiring: people, by `tsvault hold`, and restores that read it.
record Pins(Vault vault, StreamLog log) {
    private static final String HOLD = "hold-";

    /// The holder that a person calls so.
    static String hold(String name) {
        return HOLD + name;
    }

    /// What a person calls this holder; empty when it is none of a person.
    static Optional<String> name(String holder) {
        return holder.startsWith(HOLD)
                ? Optional.of(holder.substring(HOLD.length()))
                : Optional.empty();
    }

    private Stream<Pin> all() {
        return log.state().pins().values().stream().sorted(Comparator.comparing(Pin::holder));
    }

    List<String> holders() {
        return all().map(Pin::holder).toList();
    }

    /// Each in words.
    ///
    /// @param between them
    String text(String between) {
        String text = all().map(this::text).collect(Collectors.joining(between));
        return text.isEmpty() ? "none" : text;
    }

    /// Those that reach into these slices, each in words.
    List<String> among(Collection<TimeRange> slices) {
        return all().filter(pin -> slices.stream().anyMatch(pin.range()::meets))
                .map(this::text)
                .toList();
    }

    private String text(Pin pin) {
        String who = name(pin.holder()).map("hold "::concat).orElse(pin.holder());
        String why = pin.note().isEmpty() ? "" : ": " + pin.note();
        String fate = fate(pin);
        return who + " " + text(pin.range()) + why + (fate.isEmpty() ? "" : "; " + fate);
    }

    /// Which part of a stream that is.
    static String text(TimeRange range) {
        String from =
                range.startMs() == Long.MIN_VALUE ? "" : " from " + Times.text(range.startMs());
        String to = range.endMs() == Long.MAX_VALUE ? "" : " to " + Times.text(range.endMs());
        return range.equals(TimeRange.ALL) ? "as a whole" : (from + to).strip();
    }

    /// What to know of a restore that lets nothing go by itself any more; else nothing.
    private String fate(Pin pin) {
        return vault.isCopy() ? "" : JobPin.of(pin.holder()).map(this::fate).orElse("");
    }

    private String fate(JobPin pin) {
        Optional<Job.State> state;
        try {
            state = pin.state(vault);
        } catch (DamagedVault e) {
            return "damaged: " + e.getMessage();
        }
        if (state.isEmpty()) {
            return "a restore that is not here; to let go: tsvault hold %s %s --release"
                    .formatted(log.name().id(), pin.holder());
        }
        return state.get().isEnd()
                ? "it has ended, %s; to let go: tsvault job cancel %s"
                        .formatted(state.get(), pin.job())
                : "";
    }

    Json json() {
        return Json.of(all().map(this::json).toList());
    }

    private Json json(Pin pin) {
        Json.Members json = Json.object().with("holder", pin.holder()).with("note", pin.note());
        TimeRange range = pin.range();
        if (range.startMs() != Long.MIN_VALUE) {
            json = json.with("from", Times.text(range.startMs()));
        }
        if (range.endMs() != Long.MAX_VALUE) {
            json = json.with("to", Times.text(range.endMs()));
        }
        String fate = fate(pin);
        return fate.isEmpty() ? json : json.with("remedy", fate);
    }
}
