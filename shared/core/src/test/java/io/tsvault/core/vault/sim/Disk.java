package io.tsvault.core.vault.sim;

import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.LogName;

import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is really stored. Knows no rule; for each stream an [Audit] sees every change.
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
    private final List<Audit> audits;

    /// An empty one.
    Disk() {
        this(Stream.of(Keys.LOG, Keys.SECOND).map(Audit::new).toList());
    }

    private Disk(List<Audit> audits) {
        this.audits = audits;
    }

    /// Another one with the same objects.
    Disk twin() {
        Disk twin = new Disk(audits.stream().map(Audit::copy).toList());
        twin.objects.putAll(objects);
        return twin;
    }

    /// An empty one, for a copy of what is on this one.
    Disk forCopy() {
        return new Disk(audits.stream().map(Audit::ofCopy).toList());
    }

    /// What was seen of the first stream.
    Audit audit() {
        return audit(Keys.LOG);
    }

    Audit audit(LogName log) {
        return audits.stream().filter(audit -> audit.log().equals(log)).findFirst().orElseThrow();
    }

    /// Is all as it was seen to become, and whole?
    void audited() {
        audits.forEach(audit -> audit.whole(this));
    }

    /// Also over what is there.
    void put(String key, byte[] bytes, Instant now) {
        objects.put(key, new Held(bytes.clone(), now));
        audits.forEach(audit -> audit.put(key, bytes));
    }

    void remove(String key) {
        if (objects.remove(key) != null) {
            audits.forEach(audit -> audit.removed(key));
        }
    }

    /// Something happens to it without a request.
    void rot(String key, Optional<byte[]> now) {
        Held held = Optional.ofNullable(objects.remove(key)).orElseThrow();
        now.ifPresent(bytes -> objects.put(key, new Held(bytes, held.created)));
        audits.forEach(audit -> audit.rots(key, now));
    }

    boolean has(String key) {
        return objects.containsKey(key);
    }

    Optional<byte[]> read(String key) {
        return Optional.ofNullable(objects.get(key)).map(held -> held.bytes);
    }

    /// All objects behind `after` whose keys begin with `prefix`.
    /// When the youngest object was created.
    Optional<Instant> newest() {
        return objects.values().stream().map(held -> held.created).max(Instant::compareTo);
    }

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
