package io.tsvault.core.vault.sim;

import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;

import java.time.Duration;
import java.util.Optional;

/// Hears what a restore does after it was cancelled: the window that it is at, and no other.
final class Hearing {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final World world;
    private final String log;
    private Optional<String> heeded = Optional.empty();

    Hearing(World world, Wish wish) {
        this.world = world;
        this.log = "restores/" + wish.jobId() + "/log/";
    }

    /// A window is done.
    void brought() {
        Optional<String> cancel = cancel();
        Rule.HEARD.require(heeded.isEmpty() || !heeded.equals(cancel), "it goes on: " + heeded);
        heeded = cancel;
    }

    /// The record that has cancelled the job some time ago, if the job is cancelled.
    private Optional<String> cancel() {
        Disk disk = world.main().disk();
        for (StoredObject object : disk.list(log, "")) {
            byte[] bytes = disk.read(object.key()).orElseThrow();
            Event event = Entry.read(bytes, object.key()).event();
            if (!(event instanceof Event.State)) {
                boolean isDue = !object.created().plus(SOON).isAfter(world.now());
                return event instanceof Event.Cancel && isDue
                        ? Optional.of(object.key())
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
