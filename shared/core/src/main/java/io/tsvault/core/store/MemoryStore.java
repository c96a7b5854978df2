package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Objects in memory. Keys are ASCII, so that the order of strings is that of bytes.
public final class MemoryStore implements ObjectStore {
    private static final class Held {
        final byte[] bytes;
        final Instant created;

        Held(byte[] bytes, Instant created) {
            this.bytes = bytes;
            this.created = created;
        }
    }

    private final ConcurrentSkipListMap<String, Held> objects = new ConcurrentSkipListMap<>();
    private final Clock clock;

    /// An empty store, whose clock is that of the system.
    public MemoryStore() {
        this(Clock.systemUTC());
    }

    /// An empty store.
    public MemoryStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        Held held = new Held(bytes.clone(), clock.instant());
        boolean created = objects.putIfAbsent(Keys.require(key), held) == null;
        return created ? Creation.CREATED : Creation.ALREADY_THERE;
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        Optional<Held> held = Optional.ofNullable(objects.get(Keys.require(key)));
        held.filter(found -> found.bytes.length > mostBytes)
                .ifPresent(
                        found -> {
                            throw tooLarge(this, key, found.bytes.length, mostBytes);
                        });
        return held.map(found -> found.bytes.clone());
    }

    static Permanent tooLarge(ObjectStore store, String key, long bytes, int mostBytes) {
        return new Permanent(
                "%s%s has %,d bytes, and at most %,d belong there; look at it, and move it away"
                        .formatted(store.location(), key, bytes, mostBytes));
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return Optional.ofNullable(objects.get(Keys.require(key)))
                .map(
                        held -> {
                            int size = held.bytes.length;
                            int from = (int) Math.min(offset, size);
                            int to = (int) Math.min((long) from + length, size);
                            return Arrays.copyOfRange(held.bytes, from, to);
                        });
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        boolean behind = startAfter.compareTo(prefix) >= 0;
        return objects.tailMap(behind ? startAfter : prefix, !behind).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(limit)
                .map(
                        entry -> {
                            Held held = entry.getValue();
                            return new StoredObject(
                                    entry.getKey(), held.bytes.length, held.created);
                        })
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(Keys.require(key));
    }

    @Override
    public String location() {
        return "memory:";
    }
}
