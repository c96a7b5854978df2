package io.tsvault.core.vault.sim;

/// One run of a program. It keeps nothing for the next one but what it stores.
@FunctionalInterface
interface Program {
    void run(Actor me);
}
