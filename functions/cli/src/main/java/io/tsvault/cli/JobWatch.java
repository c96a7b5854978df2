package io.tsvault.cli;

import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Job.Course;
import io.tsvault.core.store.Pause;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Looks at a job until it ends: one line that changes on a terminal, elsewhere a line for each
/// change.
///
/// @param asJson is each change a document?
record JobWatch(Job job, PrintWriter out, boolean asJson) {
    /// A job tells how far it has come every half a minute, or when a partition is done.
    private static final Duration LOOK = Duration.ofSeconds(5);

    /// Watches.
    ///
    /// @return how it has ended
    Course toItsEnd() {
        boolean terminal = Onlooker.isThere() && !asJson;
        String shown = "";
        Course now = job.course();
        while (!now.state().isEnd()) {
            String line = asJson ? Json.toString(json(now)) : text(now);
            if (!line.equals(shown)) {
                show(line, terminal);
                shown = line;
            }
            Pause.SLEEP.take(LOOK);
            now = job.course();
        }
        if (terminal) {
            out.print("\r\033[K");
        }
        out.flush();
        return now;
    }

    private void show(String line, boolean terminal) {
        if (terminal) {
            out.print("\r\033[K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    String text(Course now) {
        StringBuilder text = new StringBuilder();
        text.append("job %s: %s".formatted(job.id(), now.state()));
        now.share()
                .ifPresent(
                        share -> text.append(String.format(Locale.ROOT, "  %.0f %%", 100 * share)));
        until(now).ifPresent(until -> text.append("  until " + until));
        text.append(
                "  %,d written, %,d there before, %,d missing, %,d with another value"
                        .formatted(
                                now.outcome().written(),
                                now.outcome().before(),
                                now.outcome().missing(),
                                now.outcome().conflicts()));
        return text.append(Silence.of(job)).toString();
    }

    Json json(Course now) {
        Json.Members json =
                Json.object()
                        .with("job", job.id())
                        .with("state", now.state().toString())
                        .with("written", now.outcome().written())
                        .with("alreadyThere", now.outcome().before())
                        .with("missing", now.outcome().missing())
                        .with("conflicts", now.outcome().conflicts());
        if (now.share().isPresent()) {
            json = json.with("percent", Math.round(100 * now.share().getAsDouble()));
        }
        Optional<String> until = until(now);
        return Silence.of(job).in(until.isPresent() ? json.with("until", until.get()) : json);
    }

    /// None before the first of a stream that is followed from its beginning.
    private static Optional<String> until(Course now) {
        return now.doneMs().isPresent() && now.doneMs().getAsLong() != Long.MIN_VALUE
                ? Optional.of(Times.text(now.doneMs().getAsLong()))
                : Optional.empty();
    }
}
