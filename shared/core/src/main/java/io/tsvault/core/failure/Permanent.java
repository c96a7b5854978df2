package io.tsvault.core.failure;

import org.jspecify.annotations.Nullable;

/// It will not work until a person changes something: the message says what.
public final class Permanent extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    private enum Kind {
        WRONG,
        FORBIDDEN,
        OUT_OF_ORDER
    }

    /// What happened, where, and what to do.
    public Permanent(String message) {
        this(message, null, Kind.WRONG);
    }

    /// What happened, where, what to do, and why; of the kind that the cause is of.
    public Permanent(String message, Throwable cause) {
        this(message, cause, cause instanceof Permanent why ? why.kind : Kind.WRONG);
    }

    private Permanent(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    /// A rule forbids it, and nothing was changed: what was asked for makes sense, but not here.
    public static Permanent refusal(String message) {
        return new Permanent(message, null, Kind.FORBIDDEN);
    }

    /// What was asked for was right; what it needs is full, or broken.
    public static Permanent outOfOrder(String message, Throwable cause) {
        return new Permanent(message, cause, Kind.OUT_OF_ORDER);
    }

    /// Did a rule forbid it, before anything was changed?
    public boolean isRefusal() {
        return kind == Kind.FORBIDDEN;
    }

    /// Would the same have worked before, and will it again once something is mended?
    public boolean isOutOfOrder() {
        return kind == Kind.OUT_OF_ORDER;
    }
}
