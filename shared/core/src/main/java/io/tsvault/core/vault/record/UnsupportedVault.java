package io.tsvault.core.vault.record;

import io.tsvault.core.chunk.UnsupportedChunk;

/// Something in a vault that this version cannot read.
public sealed class UnsupportedVault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String what;

    private UnsupportedVault(String key, String what) {
        super(key + " " + what);
        this.key = key;
        this.what = what;
    }

    /// The object that cannot be read.
    public String key() {
        return key;
    }

    /// Why, and what to do: of the object, which stands before it.
    public String what() {
        return what;
    }

    /// Too old, or too new.
    ///
    /// @param key of what cannot be read
    /// @param mine the format that can be
    public static UnsupportedVault of(String key, long format, long mine) {
        String what = "has format %d, this version of tsvault knows %d".formatted(format, mine);
        return format > mine ? new TooNew(key, what) : new TooOld(key, what);
    }

    /// A chunk of another version.
    public static UnsupportedVault of(String key, UnsupportedChunk chunk) {
        return switch (chunk) {
            case UnsupportedChunk.TooNew _ -> new TooNew(key, "holds " + chunk.what());
            case UnsupportedChunk.TooOld _ -> new TooOld(key, "holds " + chunk.what());
        };
    }

    /// Written by a version that this one no longer reads.
    public static final class TooOld extends UnsupportedVault {
        private static final long serialVersionUID = 1;

        TooOld(String key, String what) {
            super(key, what + "; it is too old: use the version of tsvault that wrote it");
        }
    }

    /// Written by a later version.
    public static final class TooNew extends UnsupportedVault {
        private static final long serialVersionUID = 1;

        TooNew(String key, String what) {
            super(key, what + "; it is too new: use a later version of tsvault");
        }
    }
}
