package io.tsvault.core.vault.sim;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.store.StoredObject;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Stores that do not keep to the contract.
final class BrokenStores {
    private static final Duration LAG = Duration.ofMillis(100);
    private static final Duration LIFE = Duration.ofHours(6);

    private BrokenStores() {}

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("a store ignores If-None-Match", Scenarios.TWO_WRITERS.on(Overwriting::new));
        all.put(
                "a store looks first, then writes",
                Scenarios.TWO_WRITERS.on(Overwriting::new).through(LooksFirst::new));
        all.put("a store writes in two steps", Scenarios.COMMIT.on(Torn::new));
        all.put("a list lags", Scenarios.TWO_WRITERS.on(LaggingList::new));
        all.put("a read lags", Scenarios.TWO_WRITERS.on(LaggingRead::new));
        all.put("what was deleted comes back", Scenarios.COLLECT.on(Haunted::new));
        all.put("a store says created and loses it", Scenarios.COMMIT.on(Forgetful::new));
        all.put("a lifecycle rule deletes", Scenarios.TWO_WRITERS.on(Mortal::new));
        return all;
    }

    static final class Overwriting extends Medium {
        Overwriting(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        /// Its vault was proven before it forgot how to do that.
        @Override
        public Creation create(String key, byte[] bytes) {
            if (!key.contains("/")) {
                return super.create(key, bytes);
            }
            disk().put(key, bytes, world().now());
            return Creation.CREATED;
        }
    }

    static final class LooksFirst extends Passage {
        LooksFirst(ObjectStore to) {
            super(to);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            return read(key, 0, 1).isPresent() ? Creation.ALREADY_THERE : super.create(key, bytes);
        }
    }

    private static final class Torn extends Medium {
        Torn(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            world().later(() -> disk().put(key, bytes, world().now()));
            return super.create(key, Arrays.copyOf(bytes, bytes.length / 2));
        }
    }

    private static final class LaggingList extends Medium {
        LaggingList(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public List<StoredObject> list(String prefix, String startAfter, int limit) {
            Instant shown = world().now().minus(LAG);
            return disk().list(prefix, startAfter).stream()
                    .filter(object -> object.created().isBefore(shown))
                    .limit(limit)
                    .toList();
        }
    }

    private static final class LaggingRead extends Medium {
        LaggingRead(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public Optional<byte[]> read(String key, int mostBytes) {
            Instant shown = world().now().minus(LAG);
            boolean old =
                    !key.startsWith(Keys.RECORDS)
                            || disk().list(key, "").stream()
                                    .anyMatch(object -> object.created().isBefore(shown));
            return old ? super.read(key, mostBytes) : Optional.empty();
        }
    }

    private static final class Haunted extends Medium {
        Haunted(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public void delete(String key) {
            disk().read(key).ifPresent(bytes -> world().later(() -> super.create(key, bytes)));
            super.delete(key);
        }
    }

    private static final class Forgetful extends Medium {
        Forgetful(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            boolean lost = key.startsWith(Keys.CHUNKS) && key.hashCode() % 5 == 0;
            return lost ? Creation.CREATED : super.create(key, bytes);
        }
    }

    private static final class Mortal extends Medium {
        Mortal(World world, Supplier<Disk> disk) {
            super(world, disk);
        }

        @Override
        public Creation create(String key, byte[] bytes) {
            Instant youngest = world().now().minus(LIFE);
            disk().list("streams/", "").stream()
                    .filter(object -> object.created().isBefore(youngest))
                    .forEach(object -> disk().remove(object.key()));
            return super.create(key, bytes);
        }
    }
}
