package io.tsvault.core.replay;

import java.util.Locale;

/// What to do with samples that the target has already.
public enum Overlap {
    /// Send what is missing. Where values differ the target's stays, and the restore is not whole.
    SKIP,
    /// The same; but that values differ is only told.
    WARN,
    /// Nothing may differ: found out before anything is written.
    FAIL,
    /// Ours count: what differs is saved, deleted, found to be gone, and written.
    OVERWRITE,
    /// Do not look, the target is known to be empty there. It is still verified.
    UNCHECKED;

    /// The policy that is called so.
    ///
    /// @throws IllegalArgumentException when none is
    public static Overlap of(String word) {
        for (Overlap overlap : values()) {
            if (overlap.toString().equals(word)) {
                return overlap;
            }
        }
        throw new IllegalArgumentException(
                "\"%s\" is no overlap policy: skip, warn, fail, overwrite or unchecked"
                        .formatted(word));
    }

    /// As manifests call it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
