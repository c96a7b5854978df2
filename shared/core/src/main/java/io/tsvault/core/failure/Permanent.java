package io.tsvault.core.failure;

/// It will not work until a person changes something: the message says what.
public final class Permanent extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean outOfOrder;

    /// What happened, where, and what to do.
    public Permanent(String message) {
        super(message);
        this.outOfOrder = false;
    }

    /// What happened, where, what to do, and why.
    public Permanent(String message, Throwable cause) {
        this(message, cause, cause instanceof Permanent why && why.isOutOfOrder());
    }

    private Permanent(String message, Throwable cause, boolean outOfOrder) {
        super(message, cause);
        this.outOfOrder = outOfOrder;
    }

    /// What was asked for was right; what it needs is full, or broken.
    public static Permanent outOfOrder(String message, Throwable cause) {
        return new Permanent(message, cause, true);
    }

    /// Would the same have worked before, and will it again once something is mended?
    public boolean isOutOfOrder() {
        return outOfOrder;
    }
}
