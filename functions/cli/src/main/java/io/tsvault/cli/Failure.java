package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.restore.InvalidManifest;
import io.tsvault.core.vault.record.UnsupportedVault;
import io.tsvault.lab.StartFailed;
import io.tsvault.lab.Unavailable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/// What a failed command tells, and the code it exits with.
final class Failure {
    static final int FAILED = 1;
    static final int WRONG_USE = 2;
    static final int NOT_WHOLE = 3;
    static final int REFUSED = 4;
    static final int STOPPED = 5;

    /// What helps whatever is damaged, if there is a copy.
    static final String REMEDY = "bring it back from a copy: tsvault vault repair --from OTHER";

    private Failure() {}

    /// One line for what a person can mend; everything for a bug.
    static int tell(Exception failure, PrintWriter err) {
        if (failure instanceof DamagedVault) {
            err.println("tsvault: damaged: %s; %s".formatted(failure.getMessage(), REMEDY));
            return NOT_WHOLE;
        }
        if (failure instanceof IllegalArgumentException
                || failure instanceof InvalidManifest
                || failure instanceof Permanent
                || failure instanceof UnsupportedVault) {
            err.println("tsvault: " + failure.getMessage());
            return WRONG_USE;
        }
        if (failure instanceof StartFailed
                || failure instanceof Unavailable
                || failure instanceof Transient
                || failure instanceof IOException
                || failure instanceof UncheckedIOException) {
            err.println("tsvault: " + failure.getMessage());
            return FAILED;
        }
        err.println("tsvault: this is a bug, please report it with the lines below");
        failure.printStackTrace(err);
        return FAILED;
    }
}
