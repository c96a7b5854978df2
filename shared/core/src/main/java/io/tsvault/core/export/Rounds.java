package io.tsvault.core.export;

import io.tsvault.core.export.Exporter.Order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Exports several streams in rounds: in each, every stream that still has something due keeps one
/// slice. All share one deadline. Who begins is drawn by lot: one that takes all the time, run by
/// run, is not always the first, and so keeps no other from its turn for ever.
public final class Rounds {
    /// What came of one stream.
    public sealed interface Ended {
        /// The run came to an end.
        record Done(Exported exported) implements Ended {}

        /// The run broke off: the log is damaged, say. What it had kept is kept.
        record Broken(RuntimeException failure) implements Ended {}
    }

    private static final class Player {
        private final ExportRun run;
        private Optional<Ended> ended = Optional.empty();

        Player(ExportRun run) {
            this.run = run;
        }

        boolean plays() {
            return ended.isEmpty();
        }

        void step() {
            try {
                if (!run.step()) {
                    ended = Optional.of(new Ended.Done(run.result()));
                }
            } catch (RuntimeException e) {
                ended = Optional.of(new Ended.Broken(e));
            }
        }
    }

    private Rounds() {}

    /// Runs all of them to their ends.
    ///
    /// @param random draws the order
    /// @return what came of each, in the order they were given
    public static List<Ended> play(List<Exporter> exporters, Order order, RandomGenerator random) {
        List<Player> players = exporters.stream().map(one -> new Player(one.begin(order))).toList();
        List<Player> playing = new ArrayList<>(players);
        Collections.shuffle(playing, random);
        while (!playing.isEmpty()) {
            playing.forEach(Player::step);
            playing.removeIf(player -> !player.plays());
        }
        return players.stream().map(player -> player.ended.orElseThrow()).toList();
    }
}
