package io.tsvault.core.failure;

import java.time.Duration;
import java.util.Optional;

/// It did not work, and the same again may. Of a write it is not known whether it happened.
public final class Transient extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> wait;

    /// What happened, and where.
    public Transient(String message) {
        super(message);
        wait = Optional.empty();
    }

    /// What happened, and where, and why.
    public Transient(String message, Throwable cause) {
        super(message, cause);
        wait = Optional.empty();
    }

    /// The other side said how long to wait.
    public Transient(String message, Duration wait) {
        super(message);
        this.wait = Optional.of(wait);
    }

    /// How long the other side wants to be left alone, if it said so.
    public Optional<Duration> askedWait() {
        return wait;
    }
}
