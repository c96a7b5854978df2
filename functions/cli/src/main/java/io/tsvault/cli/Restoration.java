package io.tsvault.cli;

import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.restore.Job;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.restore.Restorer;
import io.tsvault.core.restore.Restorer.Manner;
import io.tsvault.core.restore.Restorer.Surroundings;
import io.tsvault.core.restore.Watcher;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// A restore as a command carries it out: a person is told how it gets on, and how to go on when it
/// is stopped.
///
/// @param command that is asked for it
record Restoration(VaultTask command, Vault vault, Target target) {
    /// On one machine there is one who asks.
    static final String TENANT = "local";

    private static final String NEXT = "the same command goes on from there";

    /// Slices are a quarter of an hour or more: nobody waits for a look.
    private static final Duration LOOK = Duration.ofSeconds(15);

    /// How long it may take.
    ///
    /// @param partitions to bring at once, where any order is taken
    record Pace(int partitions, Instant until) {
        static final Pace USUAL = new Pace(4, Instant.MAX);
    }

    /// Says what would happen.
    Answer preview(Manifest manifest) {
        RestoreLine line = new RestoreLine(command.err());
        return PlanText.answer(restorer(Pace.USUAL, line).preview(manifest));
    }

    Answer run(Manifest manifest, Pace pace) {
        return manifest.follow() ? follow(manifest, pace) : once(manifest, pace);
    }

    private Answer once(Manifest manifest, Pace pace) {
        try (var _ = Interruption.told(NEXT)) {
            RestoreLine line = new RestoreLine(command.err());
            return RestoreResult.answer(vault, restorer(pace, line).run(TENANT, manifest));
        }
    }

    private Answer follow(Manifest manifest, Pace pace) {
        try (Interruption interruption = Interruption.told(NEXT)) {
            FollowLine line = new FollowLine(command, manifest, interruption);
            Restored restored = restorer(pace, line).run(TENANT, manifest);
            return line.hasTold(restored)
                    ? Answer.told(RestoreResult.code(restored))
                    : RestoreResult.answer(vault, restored);
        }
    }

    /// Puts back what was replaced.
    Answer undo(Job job) {
        try (var _ = Interruption.told(NEXT)) {
            RestoreLine line = new RestoreLine(command.err());
            return RestoreResult.answer(vault, restorer(Pace.USUAL, line).undo(job));
        }
    }

    private Restorer restorer(Pace pace, Watcher watcher) {
        Surroundings around =
                new Surroundings(
                        Clock.systemUTC(),
                        Pause.SLEEP,
                        pace.until(),
                        watcher,
                        new Manner(pace.partitions(), LOOK));
        return new Restorer(vault, target, around)
                .with(new TargetBackup(vault, target, command.err()));
    }
}
