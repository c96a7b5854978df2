package io.tsvault.core.relabel;

import java.util.Optional;

/// The hashes whose first `bits` bits are `index`.
record Share(int bits, long index) {
    static final Share ALL = new Share(0, 0);

    boolean has(long hash) {
        return bits == 0 || hash >>> (Long.SIZE - bits) == index;
    }

    Share firstHalf() {
        return new Share(bits + 1, 2 * index);
    }

    /// The largest share that begins where this one ends.
    Optional<Share> next() {
        if (bits == 0) {
            return Optional.empty();
        }
        Share sibling = new Share(bits, index + 1);
        return index % 2 == 0 ? Optional.of(sibling) : new Share(bits - 1, index / 2).next();
    }
}
