package io.tsvault.core.export;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Trouble;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How well the backup of a stream keeps up, as its records tell.
///
/// @param lag from the end of what is kept without a hole to what could be kept by now
/// @param trouble what has failed last, while it is not known to work again
public record Freshness(State state, Duration lag, Optional<Trouble> trouble) {
    /// How it is.
    public enum State {
        /// All that could be kept is, but perhaps for what only just came due.
        FINE,
        /// Slices are due, and nobody has kept them; nothing is known to fail either.
        BEHIND,
        /// It fails: the next run may work, or a person has to mend something first.
        FAILING,
        /// What came was not what the source counts; the next run looks again.
        DOUBTFUL,
        /// No run asks the source before a person has looked, and said so.
        HALTED
    }

    /// One slice may be due and wait for the next run; two are late.
    private static final int LATE_SLICES = 2;

    /// How it is now.
    ///
    /// @param since when the stream was registered: from then on something could be expected
    public static Freshness of(StreamState state, StreamConfig config, Instant since, Instant now) {
        long widthMs = config.slice().toMillis();
        long horizonMs = now.minus(config.settle()).toEpochMilli();
        long endMs = Math.floorDiv(horizonMs, widthMs) * widthMs;
        long keptMs = kept(state).orElseGet(() -> aligned(since.toEpochMilli(), widthMs));
        Duration lag = Duration.ofMillis(Math.max(0, endMs - keptMs));
        boolean isLate = lag.compareTo(config.slice().multipliedBy(LATE_SLICES)) >= 0;
        return new Freshness(state(state, isLate), lag, state.trouble());
    }

    private static State state(StreamState state, boolean isLate) {
        if (state.halt().isPresent()) {
            return State.HALTED;
        }
        State quiet = isLate ? State.BEHIND : State.FINE;
        return state.trouble().map(trouble -> state(trouble.last().outlook())).orElse(quiet);
    }

    private static State state(Outlook outlook) {
        return switch (outlook) {
            case TIME, PERSON -> State.FAILING;
            case UNSOUND -> State.DOUBTFUL;
        };
    }

    /// Does a person have to look? What fails by itself may pass by itself, until slices are late.
    public boolean needsPerson(StreamConfig config) {
        return switch (state) {
            case FINE -> false;
            case FAILING ->
                    isForPerson() || lag.compareTo(config.slice().multipliedBy(LATE_SLICES)) >= 0;
            case BEHIND, DOUBTFUL, HALTED -> true;
        };
    }

    /// Will it fail until a person has mended something?
    public boolean isForPerson() {
        return trouble.filter(known -> known.last().outlook() == Outlook.PERSON).isPresent();
    }

    private static Optional<Long> kept(StreamState state) {
        return state.earliestMs().isPresent()
                ? Optional.of(state.watermarkMs(state.earliestMs().getAsLong()))
                : Optional.empty();
    }

    private static long aligned(long ms, long widthMs) {
        return Math.floorDiv(ms, widthMs) * widthMs;
    }
}
