package io.tsvault.core.vault.sim;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.StoredObject;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A store as it must be, on a disk. Broken ones extend it.
class Medium implements ObjectStore {
    private final World world;
    private final Supplier<Disk> disk;

    Medium(World world, Supplier<Disk> disk) {
        this.world = world;
        this.disk = disk;
    }

    final World world() {
        return world;
    }

    final Disk disk() {
        return disk.get();
    }

    @Override
    public Creation create(String key, byte[] bytes) {
        if (disk().has(key)) {
            return Creation.ALREADY_THERE;
        }
        disk().put(key, bytes, world.now());
        return Creation.CREATED;
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return disk().read(key).map(byte[]::clone);
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return read(key, Integer.MAX_VALUE)
                .map(
                        bytes -> {
                            int from = (int) Math.min(offset, bytes.length);
                            int to = (int) Math.min((long) from + length, bytes.length);
                            return Arrays.copyOfRange(bytes, from, to);
                        });
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return disk().list(prefix, startAfter).stream().limit(limit).toList();
    }

    @Override
    public void delete(String key) {
        disk().remove(key);
    }

    @Override
    public String location() {
        return "sim:";
    }
}
