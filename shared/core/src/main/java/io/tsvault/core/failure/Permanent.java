package io.tsvault.core.failure;

/// It will not work until a person changes something: the message says what.
public final class Permanent extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What happened, where, and what to do.
    public Permanent(String message) {
        super(message);
    }

    /// What happened, where, what to do, and why.
    public Permanent(String message, Throwable cause) {
        super(message, cause);
    }
}
