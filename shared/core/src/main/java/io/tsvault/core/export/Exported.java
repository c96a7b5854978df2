package io.tsvault.core.export;

import io.tsvault.core.series.TimeRange;

import java.util.List;
import java.util.Optional;

/// What an export has done.
///
/// @param committed slices kept now
/// @param partial those of them that are not whole
/// @param empty slices that were found to hold nothing
/// @param gaps slices that cannot be had any more
/// @param amended slices that were different when they were read again
/// @param samples kept now
/// @param series that one slice had, at most, as chunks count them: one that is in two chunks of a
///     slice counts twice
/// @param storedBytes kept now
/// @param mode how they were read
/// @param left slices that are still due, as far as is known
/// @param watermarkMs end of the longest row of settled slices; none before the first
/// @param warnings for a person
/// @param problem why it ended early
public record Exported(
        long committed,
        long partial,
        long empty,
        List<TimeRange> gaps,
        long amended,
        long samples,
        long series,
        long storedBytes,
        String mode,
        long left,
        Optional<Long> watermarkMs,
        List<String> warnings,
        Optional<Problem> problem) {
    /// Copies the lists.
    public Exported {
        gaps = List.copyOf(gaps);
        warnings = List.copyOf(warnings);
    }

    /// Why an export ended early.
    ///
    /// @param kind what helps
    /// @param message what happened, where, what to do
    public record Problem(Kind kind, String message) {
        /// What helps.
        public enum Kind {
            /// The next run goes on.
            LATER,
            /// What came cannot be believed, or comes from another server; the next run looks
            /// again.
            DOUBT,
            /// A person has to set something right first: the server does not let us read it, or
            /// is none. Then the next run goes on.
            PERSON,
            /// The stream has halted: no run asks its source before a person has said so.
            HALT,
            /// There was no more time; the next run goes on.
            TIME
        }
    }
}
