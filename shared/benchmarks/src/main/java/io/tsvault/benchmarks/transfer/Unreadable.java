package io.tsvault.benchmarks.transfer;

import io.tsvault.core.source.Mode;
import io.tsvault.core.target.Detour;
import io.tsvault.core.target.Target;

import java.util.Optional;

/// A target that cannot be read: what a restore into it costs is the sending alone.
final class Unreadable extends Detour {
    Unreadable(Target right) {
        super(right);
    }

    @Override
    public Optional<Mode> readMode() {
        return Optional.empty();
    }
}
