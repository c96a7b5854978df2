package io.tsvault.core.vault;

/// The newest record of a log. Its hash stands for the whole history: a person can write it down.
///
/// @param seq 0 when there is none
/// @param sha256 of the record's bytes
public record Head(long seq, String sha256) {
    static final Head NONE = new Head(0, "0".repeat(64));
}
