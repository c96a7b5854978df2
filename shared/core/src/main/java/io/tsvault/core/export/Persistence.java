package io.tsvault.core.export;

import io.tsvault.core.export.Exporter.Surroundings;
import io.tsvault.core.failure.Transient;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks a source again when it may answer by then, a few times, as long as there is time for it.
/// Everything that is asked of a source in a run goes through here: the first question as well as
/// the last.
public final class Persistence {
    private static final int MOST_TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /// Who wants to be left alone for longer is asked by the next run.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Surroundings around;
    private final Deadline deadline;
    private String told = "";

    /// @param until no pause ends later
    public Persistence(Surroundings around, Instant until) {
        this(around, Deadline.of(around.clock(), until));
    }

    Persistence(Surroundings around, Deadline deadline) {
        this.around = around;
        this.deadline = deadline;
    }

    /// What comes of it; or what went wrong with the last try.
    ///
    /// @param name of what is asked, for messages
    /// @param asked leaves nothing behind when it fails
    public <T> T get(String name, Supplier<T> asked) {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                return asked.get();
            } catch (Transient | Doubt e) {
                Duration wait = askedWait(e).orElse(pause);
                if (tries == MOST_TRIES || !mayPass(e) || !hasTimeFor(wait)) {
                    throw e;
                }
                String next =
                        "try %d of %d, trying again in %,d s"
                                .formatted(tries, MOST_TRIES, wait.toSeconds());
                around.progress().warns("%s: %s; %s".formatted(name, news(e), next));
                around.pause().take(wait);
            }
            pause = pause.multipliedBy(2);
        }
    }

    /// What is to be told of a failure: all of it, unless that was the last that was told.
    String news(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean isNew = !message.equals(told);
        told = message;
        return isNew ? message : "the same again";
    }

    private static boolean mayPass(RuntimeException failure) {
        return !(failure instanceof Doubt doubt) || doubt.isUnsound();
    }

    private static Optional<Duration> askedWait(RuntimeException failure) {
        return failure instanceof Transient passing
                ? passing.askedWait().filter(Duration::isPositive)
                : Optional.empty();
    }

    private boolean hasTimeFor(Duration pause) {
        return pause.compareTo(LONGEST_PAUSE) <= 0 && deadline.allows(pause);
    }
}
