package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.replay.Replay.Outcome;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.vault.Vault;

/// What came of a restore, for people and for machines.
final class RestoreResult {
    private RestoreResult() {}

    static Answer answer(Vault vault, Restored restored) {
        StringBuilder text = new StringBuilder();
        text.append("job %s: %s%n".formatted(restored.job(), restored.state()));
        text.append(counts(restored));
        restored.notes().forEach(note -> text.append("  " + note + "\n"));
        if (!restored.report().isEmpty()) {
            text.append("  report  %s%s%n".formatted(vault.location(), restored.report()));
        }
        restored.files().forEach(file -> text.append("  list    " + file + "\n"));
        return new Answer(text.toString(), json(restored), code(restored));
    }

    private static String counts(Restored restored) {
        Outcome outcome = restored.outcome();
        if (seen(restored).equals("nothing")) {
            return "";
        }
        return """
          samples in the backup  %,d%s
          already there          %,d
          written                %,d
          of them replaced       %,d
          missing                %,d
          with another value     %,d
        """
                .formatted(
                        outcome.expected(),
                        seen(restored).equals("part") ? ", as far as it came" : "",
                        outcome.before(),
                        outcome.written(),
                        outcome.replaced(),
                        outcome.missing(),
                        outcome.conflicts());
    }

    /// How much of the backup the counts are about.
    private static String seen(Restored restored) {
        boolean toItsEnd =
                switch (restored.state()) {
                    case DONE, PARTIAL, UNVERIFIED -> true;
                    case CANCELLED, RUNNING, ACCEPTED, REFUSED, FAILED -> false;
                };
        if (toItsEnd) {
            return "all";
        }
        return restored.outcome().equals(Outcome.NOTHING) ? "nothing" : "part";
    }

    static Json.Members json(Restored restored) {
        return Json.object()
                .with("job", restored.job())
                .with("state", restored.state().toString())
                .with("seen", seen(restored))
                .with("samplesInBackup", restored.outcome().expected())
                .with("alreadyThere", restored.outcome().before())
                .with("written", restored.outcome().written())
                .with("replaced", restored.outcome().replaced())
                .with("conflicts", restored.outcome().conflicts())
                .with("deadLettered", restored.deadLettered())
                .with("missing", restored.outcome().missing())
                .with("verified", restored.state() == Job.State.DONE)
                .with("notes", restored.notes())
                .with("report", restored.report())
                .with("files", restored.files());
    }

    /// To exit with.
    static int code(Restored restored) {
        return restored.accepted() ? 0 : code(restored.state());
    }

    static int code(Job.State state) {
        return switch (state) {
            case DONE -> 0;
            case PARTIAL, UNVERIFIED -> Failure.NOT_WHOLE;
            case REFUSED -> Failure.REFUSED;
            case CANCELLED, RUNNING, ACCEPTED -> Failure.STOPPED;
            case FAILED -> Failure.FAILED;
        };
    }
}
