package io.tsvault.lab.twin;

import java.time.Duration;

/// What one appender accepts, fixed when it begins. All in milliseconds.
///
/// @param newestMs the newest sample of the whole head
/// @param oldestMs nothing older is taken in order
/// @param outOfOrderMs how far behind `newestMs` out-of-order samples may be; 0: nowhere
record Window(long newestMs, long oldestMs, long outOfOrderMs) {
    /// Half a block of two hours: the head keeps it free for compaction.
    private static final long COMPACTION_MS = Duration.ofHours(1).toMillis();

    static Window behind(long newestMs, Duration outOfOrder) {
        return new Window(newestMs, newestMs - COMPACTION_MS, outOfOrder.toMillis());
    }

    boolean takesOutOfOrder(long timestampMs) {
        return outOfOrderMs > 0 && timestampMs >= newestMs - outOfOrderMs;
    }
}
