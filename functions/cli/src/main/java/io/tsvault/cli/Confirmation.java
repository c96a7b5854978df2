package io.tsvault.cli;

/// What became of a command that does nothing until it is told to.
enum Confirmation {
    DONE("done"),
    DRY("nothing was changed; say --confirm to do it"),
    DRY_OF_DAMAGED("nothing was changed; first mend what is named above, then say --confirm"),
    IN_PART("done but for what is doubtful; if that is meant too, say --force"),
    NOT_ALL("what is named above stays as it is; the rest is gone"),
    REFUSED("refused, and nothing was changed; if this is meant, say --force too");

    private final String text;

    Confirmation(String text) {
        this.text = text;
    }

    static Confirmation of(boolean confirmed, boolean refused) {
        if (refused) {
            return REFUSED;
        }
        return confirmed ? DONE : DRY;
    }

    /// @param whole is there nothing that was left out?
    static Confirmation of(boolean confirmed, boolean refused, boolean whole) {
        Confirmation asTold = of(confirmed, refused);
        if (whole || asTold == REFUSED) {
            return asTold;
        }
        return confirmed ? NOT_ALL : DRY_OF_DAMAGED;
    }

    String text() {
        return text;
    }
}
