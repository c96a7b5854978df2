package io.tsvault.core.failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// It did not work, and the same again may. Of a write it is not known whether it happened.
public final class Transient extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration wait;

    /// What happened, and where.
    public Transient(String message) {
        super(message);
        wait = null;
    }

    /// What happened, and where, and why.
    public Transient(String message, Throwable cause) {
        super(message, cause);
        wait = null;
    }

    /// The other side said how long to wait.
    public Transient(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /// The other side said how long to wait, and why.
    public Transient(String message, Duration wait, Throwable cause) {
        super(message, cause);
        this.wait = wait;
    }

    /// How long the other side wants to be left alone, if it said so.
    public Optional<Duration> askedWait() {
        return Optional.ofNullable(wait);
    }
}
