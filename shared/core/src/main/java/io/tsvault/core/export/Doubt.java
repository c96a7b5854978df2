package io.tsvault.core.export;

/// What was read is not to be trusted, or comes from another source. Other slices may be well.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Outlook outlook;

    private enum Outlook {
        UNSOUND,
        ONLY_TIME_TELLS,
        FOR_A_PERSON
    }

    private Doubt(String message, Outlook outlook) {
        super(message);
        this.outlook = outlook;
    }

    /// It is not all, or not what is counted: read at once again, it may be all right; when it
    /// does not change, a person has to look.
    static Doubt unsound(String message) {
        return new Doubt(message, Outlook.UNSOUND);
    }

    /// Nothing came, and only time can tell why.
    static Doubt silent(String message) {
        return new Doubt(message, Outlook.ONLY_TIME_TELLS);
    }

    /// Nothing but a person can tell.
    static Doubt of(String message) {
        return new Doubt(message, Outlook.FOR_A_PERSON);
    }

    boolean isUnsound() {
        return outlook == Outlook.UNSOUND;
    }

    /// Does it need more than the next run?
    boolean needsPerson() {
        return outlook != Outlook.ONLY_TIME_TELLS;
    }
}
