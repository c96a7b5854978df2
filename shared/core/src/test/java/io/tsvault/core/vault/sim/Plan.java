package io.tsvault.core.vault.sim;

import java.util.List;

/// Decides all that chance decides elsewhere.
interface Plan {
    /// Of which the ids are made.
    long seed();

    /// What becomes of this actor's next request; its first one has the number 0.
    Fault fault(Actor actor, int request);

    /// Who goes on.
    ///
    /// @param ready at least one
    Actor next(List<Actor> ready, Actor current);

    /// After how many steps a late request arrives, or a stale program goes on.
    int delay();
}
