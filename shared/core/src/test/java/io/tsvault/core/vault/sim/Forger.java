package io.tsvault.core.vault.sim;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Head;

import java.util.List;
import java.util.Optional;

/// Writes to a vault past the production code.
final class Forger {
    private final ObjectStore store;
    private final String vault;
    private final String writer;

    Forger(Actor me, Place place) {
        Surroundings surroundings = me.surroundings();
        store = new RetryingStore(me.store(place), surroundings.pause(), surroundings.random());
        vault = me.vault(place).id();
        writer = surroundings.writer();
    }

    Forger(Actor me) {
        this(me, me.world().main());
    }

    ObjectStore store() {
        return store;
    }

    byte[] record(long seq) {
        return read(Keys.record(seq));
    }

    byte[] read(String key) {
        return store.read(key, Entry.MOST_BYTES).orElseThrow();
    }

    /// Appends, or tries to.
    ///
    /// @param seq whether it is its turn or not
    /// @return empty when something is there
    Optional<Entry> append(long seq, Head previous, Event event) {
        String attempt = "%032x".formatted(seq);
        Entry entry = new Entry(vault, Keys.LOG, seq, previous.sha256(), attempt, writer, 0, event);
        return store.create(Keys.record(seq), entry.toBytes()) == Creation.CREATED
                ? Optional.of(entry)
                : Optional.empty();
    }

    /// Appends what is decided, whatever production would say to it.
    Optional<Entry> insist(StreamLog log, StreamLog.Decision decision) {
        while (true) {
            Optional<? extends Event> event = decision.on(log.state());
            if (event.isEmpty()) {
                return Optional.empty();
            }
            Head head = log.head();
            Optional<Entry> entry = append(head.seq() + 1, head, event.get());
            log.refresh();
            if (entry.isPresent()) {
                return entry;
            }
        }
    }

    void delete(List<String> keys) {
        keys.forEach(store::delete);
    }
}
