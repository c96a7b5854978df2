package io.tsvault.core.vault.sim;

import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;

import java.time.Clock;

/// A mistake that a restore could make: planted between production and the world.
interface Mistake {
    /// Everything is as it should be.
    Mistake NONE = new Mistake() {};

    default Wish wish(Wish right) {
        return right;
    }

    default Target target(Actor me, Wish wish, Target right) {
        return right;
    }

    default Clock clock(Clock right) {
        return right;
    }

    default Pause pause(Actor me, Pause right) {
        return right;
    }

    /// A phase of the restore begins.
    default void enters(Actor me, Wish wish, String phase) {}
}
