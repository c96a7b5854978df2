package io.tsvault.core.failure;

/// It will not work until a person changes something: the message says what.
public final class Permanent extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean refusal;

    /// What happened, where, and what to do.
    public Permanent(String message) {
        super(message);
        this.refusal = false;
    }

    /// What happened, where, what to do, and why.
    public Permanent(String message, Throwable cause) {
        super(message, cause);
        this.refusal = cause instanceof Permanent why && why.refusal;
    }

    private Permanent(String message, boolean refusal) {
        super(message);
        this.refusal = refusal;
    }

    /// A rule forbids it, and nothing was changed: what was asked for makes sense, but not here.
    public static Permanent refusal(String message) {
        return new Permanent(message, true);
    }

    /// Did a rule forbid it, before anything was changed?
    public boolean isRefusal() {
        return refusal;
    }
}
