package io.tsvault.core.source;

/// The server cannot answer this much at once: ask for less time, or for fewer series.
public final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What the server said.
    public TooMuch(String message) {
        super(message);
    }

    /// What the server said, and how it came to that.
    public TooMuch(String message, Throwable cause) {
        super(message, cause);
    }
}
