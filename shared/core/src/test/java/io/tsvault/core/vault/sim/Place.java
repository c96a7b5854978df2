package io.tsvault.core.vault.sim;

import io.tsvault.core.store.ObjectStore;

import java.util.function.UnaryOperator;

/// Where a vault is.
///
/// @param medium the store that is on the disk
/// @param client the code between a store and those that use it
record Place(Disk disk, ObjectStore medium, Client client) {
    /// What a program has between itself and a store.
    interface Client {
        Client PLAIN = UnaryOperator.<ObjectStore>identity()::apply;

        ObjectStore wrap(ObjectStore requests);
    }
}
