package io.tsvault.core.target;

import io.tsvault.core.series.TimeRange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a target takes, at the moment it was asked.
///
/// @param product such as `prometheus`
/// @param version of that
/// @param identity which of all such servers it is, as [io.tsvault.core.source.Abilities] has it
/// @param clock its own
/// @param order in which it takes samples
/// @param headMs the newest sample that it has; none when it is empty
/// @param retention how long it keeps samples; none when that is not known
/// @param keepsDuplicates does a sample that is sent twice stay twice?
/// @param digits significant decimal digits of a value that it keeps; 0: every bit
/// @param flushWait how long after a write it may still be lost, or not be seen
/// @param replacesBeforeMs samples before this can be deleted, range by range, and then be written
///     anew; none when they cannot, or nobody knows
/// @param holdsLate may it hold samples in memory that came out of order? Nobody can tell which
///     these are, and they are not deleted before they are in blocks
/// @param started when the process began, which loses what was not flushed; none if not known
/// @param notes for a person: limits, and settings to change, to the line
public record Standing(
        String product,
        String version,
        String identity,
        Instant clock,
        Order order,
        OptionalLong headMs,
        Optional<Duration> retention,
        boolean keepsDuplicates,
        int digits,
        Duration flushWait,
        OptionalLong replacesBeforeMs,
        boolean holdsLate,
        Optional<Instant> started,
        List<String> notes) {
    /// Copies the list.
    public Standing {
        notes = List.copyOf(notes);
    }

    /// In which order samples are taken.
    ///
    /// @param any whatever comes, however old
    /// @param window how far behind the newest sample, whatever the order
    /// @param inOrder how far behind the newest sample of all, if it is the newest of its series
    public record Order(boolean any, Duration window, Duration inOrder) {
        /// Takes whatever comes.
        public static final Order ANY = new Order(true, Duration.ZERO, Duration.ZERO);

        /// How far behind its newest sample the target takes the newest one of a series.
        public Duration reach() {
            return window.compareTo(inOrder) > 0 ? window : inOrder;
        }
    }

    /// May there be samples in this range? Not if the target is empty, or all it has is older.
    public boolean mayHold(TimeRange range) {
        return headMs.isPresent() ? headMs.getAsLong() >= range.startMs() : order.any();
    }

    /// May it take samples of this range? Not if all are too far behind its newest.
    public boolean mayTake(TimeRange range) {
        return order.any()
                || headMs.isEmpty()
                || range.endMs() > headMs.getAsLong() - order.reach().toMillis();
    }

    /// May a sample that is sent take the place of another value that is there, without a word?
    /// What comes in order is refused there; what comes out of order wins.
    public boolean mayReplace() {
        return order.any() || order.window().isPositive();
    }

    /// Product and version.
    public String name() {
        return (product + " " + version).strip();
    }
}
