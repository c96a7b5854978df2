package io.tsvault.core.vault.sim;

/// One run of a program. It keeps nothing for the next one but what it stores.
@FunctionalInterface
interface Program {
    void run(Actor me);

    /// The same on the second stream.
    default Program onSecond() {
        return me -> {
            me.turnTo(Keys.SECOND);
            run(me);
        };
    }
}
