package io.tsvault.core.export;

/// What was read is not to be trusted, or comes from another source. Other slices may be well.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Outlook outlook;

    private enum Outlook {
        MAY_PASS,
        ONLY_TIME_TELLS,
        FOR_A_PERSON
    }

    private Doubt(String message, Outlook outlook) {
        super(message);
        this.outlook = outlook;
    }

    /// Read at once again, it may be all right.
    static Doubt passing(String message) {
        return new Doubt(message, Outlook.MAY_PASS);
    }

    /// A later run may know more.
    static Doubt lasting(String message) {
        return new Doubt(message, Outlook.ONLY_TIME_TELLS);
    }

    /// Nothing but a person can tell.
    static Doubt of(String message) {
        return new Doubt(message, Outlook.FOR_A_PERSON);
    }

    boolean mayPass() {
        return outlook == Outlook.MAY_PASS;
    }

    /// Does it need more than the next run?
    boolean needsPerson() {
        return outlook != Outlook.ONLY_TIME_TELLS;
    }
}
