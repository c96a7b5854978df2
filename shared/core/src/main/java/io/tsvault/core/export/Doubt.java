package io.tsvault.core.export;

/// What was read is not to be trusted: it is read again, and if that does not help a person has to
/// look.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    Doubt(String message) {
        super(message);
    }
}
