package io.tsvault.core.vault;

/// Something in a vault that this version cannot read.
public sealed class UnsupportedVault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private UnsupportedVault(String message) {
        super(message);
    }

    static UnsupportedVault of(String key, long format, long mine) {
        String what =
                "%s has format %d, this version of tsvault knows %d".formatted(key, format, mine);
        return format > mine ? new TooNew(what) : new TooOld(what);
    }

    /// Written by a version that this one no longer reads.
    public static final class TooOld extends UnsupportedVault {
        private static final long serialVersionUID = 1;

        TooOld(String what) {
            super(what + "; it is too old: use the version of tsvault that wrote it");
        }
    }

    /// Written by a later version.
    public static final class TooNew extends UnsupportedVault {
        private static final long serialVersionUID = 1;

        TooNew(String what) {
            super(what + "; it is too new: use a later version of tsvault. Nothing was changed");
        }
    }
}
