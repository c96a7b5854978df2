package io.tsvault.core.target;

import java.time.Duration;

/// What a target says to a batch.
public sealed interface Outcome {
    /// It has taken it.
    record Stored() implements Outcome {}

    /// It will not take it, now or later.
    ///
    /// @param reason as far as it tells
    /// @param message its own words
    /// @param restStored were the samples that are not to blame taken? Else nothing was
    record Refused(Reason reason, String message, boolean restStored) implements Outcome {}

    /// It has taken nothing, and wants to be asked later.
    record Throttled(Duration pause, String message) implements Outcome {}

    /// Nobody knows whether it has taken it.
    record Unknown(String message) implements Outcome {}

    /// Why a batch is refused.
    enum Reason {
        /// Older than a sample of the same series.
        OUT_OF_ORDER,
        /// Older than the target takes at all, or in the future.
        OUT_OF_BOUNDS,
        /// There is another value at that time.
        DUPLICATE,
        /// More than it takes in one request.
        TOO_LARGE,
        /// More series, or samples, than it is allowed to keep.
        LIMIT,
        /// Labels or values that it does not know.
        INVALID
    }
}
