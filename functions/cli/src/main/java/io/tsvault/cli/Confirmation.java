package io.tsvault.cli;

/// What became of a command that does nothing until it is told to.
enum Confirmation {
    DONE("done"),
    DRY("nothing was changed; say --confirm to do it"),
    IN_PART("done but for what is doubtful; if that is meant too, say --force"),
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

    String text() {
        return text;
    }
}
