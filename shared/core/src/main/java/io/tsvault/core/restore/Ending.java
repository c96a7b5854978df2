package io.tsvault.core.restore;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job.State;
import io.tsvault.core.vault.key.JobFile.Kind;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// How a run comes to its end, whatever happens: what it held is let go, what came of it is
/// reported.
final class Ending {
    private static final String REMEDY =
            "bring it back from a copy by tsvault vault repair --from OTHER, and the same command"
                    + " goes on; until it is done, what it reads stays pinned";

    private final Job job;
    private final Task task;
    private final Holding holding;
    private final Evidence evidence;
    private final List<String> notes = new ArrayList<>();
    private Outcome outcome = Outcome.NOTHING;

    Ending(Job job, Task task, Holding holding, Evidence evidence) {
        this.job = job;
        this.task = task;
        this.holding = holding;
        this.evidence = evidence;
    }

    /// What a person should know.
    List<String> notes() {
        return notes;
    }

    /// What became of the samples, up to now.
    void outcome(Outcome now) {
        outcome = now;
    }

    Outcome outcome() {
        return outcome;
    }

    /// The end of a story that tells its own, or breaks off.
    Restored of(Supplier<Restored> story) {
        try {
            return story.get();
        } catch (Stop stop) {
            return end(stop.state(), String.valueOf(stop.getMessage()));
        } catch (Transient e) {
            return end(State.FAILED, e.getMessage() + "; the same command goes on");
        } catch (Permanent e) {
            return end(State.FAILED, String.valueOf(e.getMessage()));
        } catch (DamagedVault e) {
            return end(State.FAILED, "damaged: %s; %s".formatted(e.getMessage(), REMEDY));
        } catch (UnsupportedVault e) {
            return end(State.FAILED, e.getMessage() + ", and the same command goes on");
        }
    }

    /// It was refused.
    Restored refused(String why) {
        return end(State.REFUSED, why);
    }

    /// It went to its end.
    ///
    /// @param part of the backup that was brought
    Restored conclude(Task part) {
        return end(conclusion(part), "");
    }

    /// It has brought all there is, and may go on with what comes.
    ///
    /// @param part of the backup that was brought last
    Restored rest(Task part) {
        State soFar = conclusion(part);
        evidence.flush();
        return restored(soFar, "", evidence.files());
    }

    private State conclusion(Task part) {
        boolean proven = task.target().readMode().isPresent();
        Conclusion conclusion = new Conclusion(part, outcome, proven);
        notes.addAll(conclusion.notes());
        return conclusion.state();
    }

    private Restored end(State state, String why) {
        if (!why.isEmpty()) {
            notes.addFirst(why);
        }
        task.around().watcher().enters("report");
        evidence.flush();
        List<String> files = evidence.files();
        String report = "";
        if (state != State.RUNNING && state != State.CANCELLED) {
            report = job.report(state, report(state, files));
        }
        letGo(state);
        return restored(state, report, files);
    }

    private Restored restored(State state, String report, List<String> files) {
        boolean accepted =
                state == State.DONE
                        || (state == State.UNVERIFIED && task.manifest().accept().unverified());
        return new Restored(
                job.id(), state, accepted, outcome, evidence.lettered(), notes, report, files);
    }

    private void letGo(State state) {
        switch (state) {
            case RUNNING, ACCEPTED, FAILED -> {} // something may be under way
            case CANCELLED -> holding.stopReading();
            case DONE, PARTIAL, UNVERIFIED, REFUSED -> holding.end();
        }
    }

    private Json report(State state, List<String> files) {
        return Json.object()
                .with("job", job.id())
                .with("state", state.toString())
                .with("manifest", Json.parse(task.manifest().canonical(), "the manifest"))
                .with("samplesInBackup", outcome.expected())
                .with("alreadyThere", outcome.before())
                .with("written", outcome.written())
                .with("replaced", outcome.replaced())
                .with("conflicts", outcome.conflicts())
                .with("missing", outcome.missing())
                .with("rounded", outcome.rounded())
                .with("unkept", outcome.unkept())
                .with("doubled", outcome.doubled())
                .with("between", outcome.between())
                .with("deadLettered", evidence.lettered())
                .with("notes", notes)
                .with("differences", evidence.differences())
                .with("deadLetters", evidence.letters())
                .with("files", files)
                .with("preImages", job.kept(Kind.REPLACED))
                .with("endedAt", task.now().toString());
    }
}
