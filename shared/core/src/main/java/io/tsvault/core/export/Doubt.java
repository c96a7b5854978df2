package io.tsvault.core.export;

/// What was read is not to be trusted. Other slices may be well.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean mayPass;

    private Doubt(String message, boolean mayPass) {
        super(message);
        this.mayPass = mayPass;
    }

    /// Read at once again, it may be all right.
    static Doubt passing(String message) {
        return new Doubt(message, true);
    }

    /// Only time, or a person, can tell.
    static Doubt lasting(String message) {
        return new Doubt(message, false);
    }

    boolean mayPass() {
        return mayPass;
    }
}
