package io.tsvault.core.manifest;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Json;

/// What a person puts up with in a restore. Only the resampled goes without saying.
///
/// @param partial slices of which the source itself said that they are not all
/// @param unverified a target that cannot be read back
/// @param resampled slices that hold a grid in place of the source's own samples
/// @param interleave samples of the target that lie between those of the backup
/// @param sameSource the source as target, `allowSameSource`
public record Acceptance(
        boolean partial,
        boolean unverified,
        boolean resampled,
        boolean interleave,
        boolean sameSource) {
    /// What is accepted when nothing is said.
    public static final Acceptance USUAL = new Acceptance(false, false, true, false, false);

    static Acceptance read(Fields fields) {
        return new Acceptance(
                fields.truth("partial", USUAL.partial),
                fields.truth("unverified", USUAL.unverified),
                fields.truth("resampled", USUAL.resampled),
                fields.truth("interleave", USUAL.interleave),
                fields.truth("allowSameSource", USUAL.sameSource));
    }

    /// Without what goes without saying.
    Json.Members toJson() {
        Json.Members json = Json.object();
        json = partial ? json.with("partial", true) : json;
        json = unverified ? json.with("unverified", true) : json;
        json = resampled ? json : json.with("resampled", false);
        json = interleave ? json.with("interleave", true) : json;
        return sameSource ? json.with("allowSameSource", true) : json;
    }
}
