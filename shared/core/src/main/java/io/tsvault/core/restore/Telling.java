package io.tsvault.core.restore;

import java.time.Duration;
import java.time.Instant;

/// Tells the vault how far something has come: not each time it has come further, for each word is
/// a request, and not so seldom that whoever goes on has much to look at again. For one thread.
final class Telling {
    private static final Duration EVERY = Duration.ofSeconds(30);

    /// Who has nothing new to tell is heard of so often.
    private static final Duration STILL = Duration.ofMinutes(5);

    /// Who was not heard of for so long has most likely died.
    static final Duration SILENCE = STILL.multipliedBy(3);

    private final Task task;
    private final Evidence evidence;
    private final Runnable word;
    private Instant told;

    /// @param word tells it
    Telling(Task task, Evidence evidence, Runnable word) {
        this.task = task;
        this.evidence = evidence;
        this.word = word;
        this.told = task.now();
    }

    /// It has come further.
    ///
    /// @param atOnce it cannot wait
    void further(boolean atOnce) {
        if (atOnce || isDue(EVERY)) {
            tell();
        }
    }

    /// It is where it was, and still at work.
    void still() {
        if (isDue(STILL)) {
            tell();
        }
    }

    private boolean isDue(Duration every) {
        return Duration.between(told, task.now()).compareTo(every) >= 0;
    }

    private void tell() {
        evidence.flush(); // who goes on from there does not find it again
        word.run();
        told = task.now();
    }
}
