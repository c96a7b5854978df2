package io.tsvault.core.vault;

import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Pause;
import io.tsvault.core.store.RetryingStore;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What a vault takes from the world around it.
///
/// @param clock for what people read, and for the chunks that a check reads today
/// @param random makes ids that never come twice
/// @param pause between two tries
/// @param parallel makes the requests that do not wait for each other
/// @param writer program and version, as records name it
public record Surroundings(
        Clock clock, RandomGenerator random, Pause pause, Parallel parallel, String writer) {
    private static final int REQUESTS_AT_ONCE = 32;

    /// The real ones.
    public static Surroundings real(String writer) {
        return new Surroundings(
                Clock.systemUTC(),
                new SecureRandom(),
                Pause.SLEEP,
                Parallel.threads(REQUESTS_AT_ONCE),
                writer);
    }

    /// 32 hexadecimal digits.
    String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    RetryingStore steady(ObjectStore store) {
        return new RetryingStore(store, pause, random);
    }
}
