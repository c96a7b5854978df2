package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.OfCopied;

import java.util.Optional;

/// That a copy was made to its end, and how far its logs had come by then: in `copied/`, an object
/// whenever that is more than before.
///
/// ```text
/// copied/1  a:3 b:5          one was done
///           a:3 b:5  c:2     another was cut off: c is further than anybody says who was done
/// copied/2  a:4 b:5  c:2     the next one was done
/// ```
///
/// Whoever is done adds what it has copied to what the newest says, under the next number, and
/// looks again when another was there first. So the newest tells of all who were done, in whatever
/// order they began. None is ever changed or deleted: it takes no permission that copying has not.
///
/// @param store of the copy
/// @param vault its id
record Finished(ObjectStore store, String vault) {
    private static final int MOST_RACES = 1000;

    /// What all who were done had copied; empty when nobody was, or that cannot be read.
    Optional<Heads> heads() {
        long newest = newest();
        return newest == 0 ? Optional.empty() : heads(newest);
    }

    /// Says that somebody is done.
    ///
    /// @param copied how far it has brought each log
    void add(Heads copied, Surroundings surroundings) {
        for (int race = 0; race < MOST_RACES; race++) {
            long newest = newest();
            Optional<Heads> before = newest == 0 ? Optional.empty() : heads(newest);
            Heads all = before.map(copied::and).orElse(copied);
            if (before.equals(Optional.of(all)) || isSaid(newest + 1, all, surroundings)) {
                return;
            }
        }
        throw new Transient("too many others copy to " + store.location());
    }

    private boolean isSaid(long number, Heads all, Surroundings surroundings) {
        byte[] bytes = new Description(vault).toBytes(surroundings, all);
        return store.create(new OfCopied(number).text(), bytes) == ObjectStore.Creation.CREATED;
    }

    private long newest() {
        return Lists.all(store, ObjectKey.COPIED).stream()
                .flatMap(object -> ObjectKey.parse(object.key()).stream())
                .mapToLong(key -> key instanceof OfCopied(var number) ? number : 0)
                .max()
                .orElse(0);
    }

    private Optional<Heads> heads(long number) {
        String key = new OfCopied(number).text();
        try {
            return store.read(key, 0, Heads.MOST_BYTES).map(bytes -> Heads.read(bytes, vault, key));
        } catch (DamagedVault e) {
            return Optional.empty(); // the next who is done says it anew
        }
    }
}
