package io.tsvault.core.export;

/// What was read is not to be trusted. Other slices may be well.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean unsound;

    private Doubt(String message, boolean unsound) {
        super(message);
        this.unsound = unsound;
    }

    /// It is not all, or not what is counted: read at once again, it may be all right; when it
    /// stays so, a person has to look.
    static Doubt unsound(String message) {
        return new Doubt(message, true);
    }

    /// Nothing came, and only time can tell why.
    static Doubt silent(String message) {
        return new Doubt(message, false);
    }

    boolean isUnsound() {
        return unsound;
    }
}
