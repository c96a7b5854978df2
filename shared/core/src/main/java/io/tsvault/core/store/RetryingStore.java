package io.tsvault.core.store;

import io.tsvault.core.failure.Transient;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A store that tries again, and so finds out whether a write happened.
///
/// The answer to a write may be lost, and a write that was given up may come minutes later. The
/// very same write again settles it: either it creates the object, or something is there, and then
/// its bytes tell whose it is. So who writes what could be mistaken for another's, puts something
/// unique into it.
///
/// A store may ask to be left alone for a while. As far as a call waits at all, it is obeyed; who
/// is asked for more gives up, and hands on for how long.
public final class RetryingStore implements ObjectStore {
    private static final int TRIES = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// So long one call waits, all its tries together. A run of a function lasts 15 minutes
    /// at most.
    private static final Duration LONGEST_IN_ALL = Duration.ofMinutes(2);

    private final ObjectStore store;
    private final Pause pause;
    private final RandomGenerator random;

    /// Really waits between tries.
    public RetryingStore(ObjectStore store) {
        this(store, Pause.SLEEP, RandomGenerator.of("SplittableRandom"));
    }

    /// Waits as told.
    public RetryingStore(ObjectStore store, Pause pause, RandomGenerator random) {
        this.store = store;
        this.pause = pause;
        this.random = random;
    }

    /// CREATED also when these very bytes were there before.
    @Override
    public Creation create(String key, byte[] bytes) {
        if (trying(() -> store.create(key, bytes)) == Creation.CREATED) {
            return Creation.CREATED;
        }
        byte[] there =
                read(key, 0, bytes.length + 1)
                        .orElseThrow(
                                () ->
                                        new Transient(
                                                "%s%s was there and is gone; try again"
                                                        .formatted(location(), key)));
        return Arrays.equals(there, bytes) ? Creation.CREATED : Creation.ALREADY_THERE;
    }

    /// Is this refused, as it must be where these very bytes are? A store that can be overwritten
    /// takes them again.
    public boolean refuses(String key, byte[] bytes) {
        return trying(() -> store.create(key, bytes)) == Creation.ALREADY_THERE;
    }

    @Override
    public Optional<byte[]> read(String key, int mostBytes) {
        return trying(() -> store.read(key, mostBytes));
    }

    @Override
    public Optional<byte[]> read(String key, long offset, int length) {
        return trying(() -> store.read(key, offset, length));
    }

    @Override
    public List<StoredObject> list(String prefix, String startAfter, int limit) {
        return trying(() -> store.list(prefix, startAfter, limit));
    }

    @Override
    public void delete(String key) {
        trying(
                () -> {
                    store.delete(key);
                    return key;
                });
    }

    @Override
    public String location() {
        return store.location();
    }

    private <T> T trying(Supplier<T> call) {
        Duration longest = FIRST_WAIT;
        Duration left = LONGEST_IN_ALL;
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (Transient e) {
                Duration wait = e.askedWait().orElse(upTo(longest));
                left = left.minus(wait);
                if (tries == TRIES || left.isNegative()) {
                    throw e;
                }
                pause.take(wait);
                longest = shorter(longest.multipliedBy(2), LONGEST_WAIT);
            }
        }
    }

    /// At random, so that those who failed together do not come back together.
    private Duration upTo(Duration longest) {
        return Duration.ofMillis(random.nextLong(longest.toMillis() / 2, longest.toMillis() + 1));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
