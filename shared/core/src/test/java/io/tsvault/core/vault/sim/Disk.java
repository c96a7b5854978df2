package io.tsvault.core.vault.sim;

import io.tsvault.core.store.StoredObject;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What is really stored. Knows no rule; an [Audit] sees every change.
final class Disk {
    private static final class Held {
        final byte[] bytes;
        final Instant created;

        Held(byte[] bytes, Instant created) {
            this.bytes = bytes;
            this.created = created;
        }
    }

    private final NavigableMap<String, Held> objects = new TreeMap<>();
    private final Audit audit;

    /// An empty one.
    Disk(Audit audit) {
        this.audit = audit;
    }

    /// The same objects, with an audit that knows them.
    Disk(Disk disk, Audit audit) {
        this(audit);
        objects.putAll(disk.objects);
    }

    Audit audit() {
        return audit;
    }

    /// Also over what is there.
    void put(String key, byte[] bytes, Instant now) {
        objects.put(key, new Held(bytes.clone(), now));
        audit.put(key, bytes);
    }

    void remove(String key) {
        if (objects.remove(key) != null) {
            audit.removed(key);
        }
    }

    boolean has(String key) {
        return objects.containsKey(key);
    }

    Optional<byte[]> read(String key) {
        return Optional.ofNullable(objects.get(key)).map(held -> held.bytes);
    }

    /// All objects behind `after` whose keys begin with `prefix`.
    List<StoredObject> list(String prefix, String after) {
        boolean behind = after.compareTo(prefix) >= 0;
        return objects.tailMap(behind ? after : prefix, !behind).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .map(
                        entry -> {
                            Held held = entry.getValue();
                            return new StoredObject(
                                    entry.getKey(), held.bytes.length, held.created);
                        })
                .toList();
    }
}
