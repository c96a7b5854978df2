package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Watcher;

import java.util.Optional;

/// How a standby follows: one result whenever it has brought all there is, as `backup --watch` has
/// one for each round.
final class FollowLine implements Watcher {
    private final VaultTask command;
    private final String name;
    private final Interruption interruption;
    private final RestoreLine progress;
    private Optional<Restored> told = Optional.empty();
    private Outcome before = Outcome.NOTHING;
    private String until = "";

    FollowLine(VaultTask command, Manifest manifest, Interruption interruption) {
        this.command = command;
        this.name =
                "%s into %s".formatted(String.join(", ", manifest.streams()), manifest.target());
        this.interruption = interruption;
        this.progress = new RestoreLine(command.err());
    }

    /// Was this the last result that was told?
    boolean hasTold(Restored restored) {
        return told.filter(restored::equals).isPresent();
    }

    @Override
    public void enters(String phase) {
        interruption.works();
        if (!phase.equals("replay")) { // that is told by its result
            progress.enters(phase);
        }
    }

    @Override
    public void brought(long doneMs, double share, Outcome soFar) {
        until = Times.text(doneMs);
        progress.brought(doneMs, share, soFar);
    }

    @Override
    public void awaits(String why) {
        progress.enters("waits: " + why);
    }

    @Override
    public void rests(Restored soFar) {
        told = Optional.of(soFar);
        progress.ends();
        Answer answer = new Answer(text(soFar), json(soFar), RestoreResult.code(soFar));
        before = soFar.outcome();
        interruption.rests(answer.print(command.out(), command.main().wantsJson()));
        command.out().flush();
    }

    private String text(Restored soFar) {
        Outcome all = soFar.outcome();
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %s%s; %s written, %,d in all; %,d there before, %,d missing, %,d with another value%n"
                        .formatted(
                                name,
                                soFar.state(),
                                until.isEmpty() ? "" : " until " + until,
                                Count.of(all.written() - before.written(), "sample"),
                                all.written(),
                                all.before(),
                                all.missing(),
                                all.conflicts()));
        soFar.notes().forEach(note -> text.append("  " + note + "\n"));
        return text.toString();
    }

    private Json json(Restored soFar) {
        Json.Members json = RestoreResult.json(soFar);
        return until.isEmpty() ? json : json.with("until", until);
    }
}
