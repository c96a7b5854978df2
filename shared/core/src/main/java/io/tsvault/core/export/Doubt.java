package io.tsvault.core.export;

import io.tsvault.core.vault.record.Event.Attempt.Outlook;

import java.util.List;

/// What was read is not to be trusted, or comes from another source. Other slices may be well.
final class Doubt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int MOST_TOLD = 3;

    private final Outlook outlook;

    private Doubt(String message, Outlook outlook) {
        super(message);
        this.outlook = outlook;
    }

    /// It is not all, or not what is counted: read at once again, it may be all right; when it
    /// does not change, a person has to look.
    static Doubt unsound(String message) {
        return new Doubt(message, Outlook.UNSOUND);
    }

    /// The source says that it is not all.
    ///
    /// @param warnings what it says
    static Doubt partial(List<String> warnings, String stream) {
        List<String> told = warnings.stream().distinct().toList();
        int more = told.size() - MOST_TOLD;
        return unsound(
                ("the source says that this is not all: %s%s; mend that, or keep what there is:"
                                + " tsvault stream add %s --replace --accept-partial")
                        .formatted(
                                String.join("; ", told.subList(0, told.size() - Math.max(0, more))),
                                more > 0 ? "; and %,d more".formatted(more) : "",
                                stream));
    }

    /// Nothing came, and only time can tell why.
    static Doubt silent(String message) {
        return new Doubt(message, Outlook.TIME);
    }

    /// Nothing but a person can tell.
    static Doubt of(String message) {
        return new Doubt(message, Outlook.PERSON);
    }

    boolean isUnsound() {
        return outlook == Outlook.UNSOUND;
    }

    /// What may help.
    Outlook outlook() {
        return outlook;
    }
}
