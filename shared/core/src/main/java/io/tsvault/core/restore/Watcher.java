package io.tsvault.core.restore;

import io.tsvault.core.replay.Replay.Outcome;

/// Is told how a restore gets on.
public interface Watcher {
    /// Nobody listens.
    Watcher SILENT =
            new Watcher() {
                @Override
                public void enters(String phase) {}

                @Override
                public void brought(long doneMs, double share, Outcome soFar) {}
            };

    /// A phase begins: `preflight`, `replay`, `follow`, `report`.
    void enters(String phase);

    /// Another window is proven.
    ///
    /// @param doneMs up to where its partition has come
    /// @param share of all the time that is to be restored, 0 to 1
    void brought(long doneMs, double share, Outcome soFar);

    /// Who follows has brought all there is, and waits for more.
    default void rests(Restored soFar) {}

    /// Who follows waits for something else to go on: told once, whatever time it takes.
    default void awaits(String why) {}
}
