package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.json.Json;
import io.tsvault.core.manifest.InvalidManifest;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.UnsupportedVault;
import io.tsvault.lab.StartFailed;
import io.tsvault.lab.Unavailable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/// What a failed command tells, and the code it exits with.
final class Failure {
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int NOT_WHOLE = 3;
    static final int REFUSED = 4;
    static final int STOPPED = 5;

    /// What helps whatever is damaged, if there is a copy.
    static final String REMEDY = "bring it back from a copy: tsvault vault repair --from OTHER";

    private static final String IN_RECORDS =
            "its records say what belongs there: tsvault vault repair, or vault repair --from OTHER"
                    + " if there is a copy";
    private static final String PROMOTE_AGAIN =
            "take it away, and if this is a copy, promote it again: tsvault vault promote";
    private static final String AS_THE_VAULT = "put a copy of vault.json in its place";
    private static final String IN_NO_COPY =
            "copies hold no restores: ask for this one again, by its manifest with another runId,"
                    + " and all of it is proven anew";

    private Failure() {}

    /// What helps where this is damaged.
    static String remedy(String key) {
        if (key.equals(Mark.VAULT.text())) {
            return IN_RECORDS;
        }
        if (key.equals(Mark.PROMOTED.text())) {
            return PROMOTE_AGAIN;
        }
        if (key.equals(Mark.REPLICA.text())) {
            return AS_THE_VAULT;
        }
        return key.startsWith(ObjectKey.RESTORES) ? IN_NO_COPY : REMEDY;
    }

    /// What is told of a failure.
    ///
    /// @param code to exit with
    record Told(String message, int code) {
        /// For machines.
        Json json() {
            return Json.object().with("error", message).with("code", code);
        }
    }

    /// What a person can mend; nothing for a bug.
    static Optional<Told> known(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof DamagedVault damaged) {
            String remedy = remedy(damaged.key());
            return Optional.of(new Told("damaged: %s; %s".formatted(message, remedy), NOT_WHOLE));
        }
        if (failure instanceof Permanent permanent && permanent.isRefusal()) {
            return Optional.of(new Told(message, REFUSED));
        }
        if (failure instanceof Permanent broken && broken.isOutOfOrder()) {
            return Optional.of(new Told(message, FAILED));
        }
        if (failure instanceof IllegalArgumentException
                || failure instanceof InvalidManifest
                || failure instanceof Permanent
                || failure instanceof UnsupportedVault) {
            return Optional.of(new Told(message, WRONG_USE));
        }
        boolean mayPass =
                failure instanceof StartFailed
                        || failure instanceof Unavailable
                        || failure instanceof Transient
                        || failure instanceof IOException
                        || failure instanceof UncheckedIOException;
        return mayPass ? Optional.of(new Told(message, FAILED)) : Optional.empty();
    }

    /// One line for what a person can mend; everything for a bug.
    static Told tell(Exception failure, PrintWriter err) {
        Optional<Told> known = known(failure);
        if (known.isPresent()) {
            err.println("tsvault: " + known.get().message());
            return known.get();
        }
        err.println("tsvault: this is a bug, please report it with the lines below");
        failure.printStackTrace(err);
        return new Told("this is a bug, please report it: " + failure, FAILED);
    }
}
