package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.RetryingStore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The first object of a vault, by which its store proves that it creates nothing where something
/// is. On a store that does, two who append at once would overwrite each other.
///
/// Leaves nothing behind but that object, and needs no permission to delete where all is well.
record Foundation(RetryingStore store, String key) {
    private static final int CANDIDATES = 8;
    private static final String REMEDY =
            "so two writers at once would lose what they wrote. Use a store that honours"
                    + " If-None-Match, or a folder; tsvault doctor tells more";

    /// Many create it at once, each with bytes of its own: one must win.
    ///
    /// @param candidate other bytes each time
    /// @return the bytes that won; empty when another was first
    /// @throws Permanent when the store told more than one, or another than it kept
    Optional<byte[]> lay(Supplier<byte[]> candidate, Parallel parallel) {
        List<byte[]> candidates = Stream.generate(candidate).limit(CANDIDATES).toList();
        List<Supplier<Creation>> calls = new ArrayList<>();
        candidates.forEach(bytes -> calls.add(() -> store.create(key, bytes)));
        List<Creation> answers = parallel.all(calls);
        List<byte[]> winners =
                IntStream.range(0, CANDIDATES)
                        .filter(i -> answers.get(i) == Creation.CREATED)
                        .mapToObj(candidates::get)
                        .toList();
        if (winners.size() > 1 || !winners.stream().allMatch(this::isThere)) {
            throw refused(winners.size());
        }
        return winners.stream().findFirst();
    }

    private boolean isThere(byte[] bytes) {
        return store.read(key, 0, bytes.length + 1)
                .filter(there -> Arrays.equals(there, bytes))
                .isPresent();
    }

    private Permanent refused(int winners) {
        return new Permanent(
                "%s: of %d who created %s at once, %d were told that theirs is there, %s. %s"
                        .formatted(
                                store.location(), CANDIDATES, key, winners, REMEDY, takenAway()));
    }

    private String takenAway() {
        try {
            store.delete(key);
            return "Nothing was kept there";
        } catch (Permanent | Transient e) {
            return "Delete %s there: %s".formatted(key, e.getMessage());
        }
    }

    /// Asks once more for what is there. A store that would overwrite it writes the same bytes, and
    /// is none the worse for it.
    ///
    /// @param bytes that were read
    /// @throws Permanent when that is not refused
    void require(byte[] bytes) {
        if (!store.refuses(key, bytes)) {
            throw new Permanent(
                    "%s: %s is there, and could be created once more, %s"
                            .formatted(store.location(), key, REMEDY));
        }
    }
}
