package io.tsvault.lab;

/// This machine cannot have the server that was asked for. A test that needs it is skipped, never
/// passed.
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    Unavailable(String reason) {
        super(reason);
        this.reason = reason;
    }

    Unavailable(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /// Why, and what would help.
    public String reason() {
        return reason;
    }
}
