package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Trouble;
import io.tsvault.core.vault.record.Event.Attempt;

import java.time.Duration;
import java.util.Optional;

/// Records that a try has failed, so that it is known where nobody has seen it: when it begins,
/// when it is another failure than the one before, and else once a day.
///
/// @param route of the run
record Attempts(Route route) {
    private static final Duration AGAIN = Duration.ofDays(1);

    /// So many are recorded between two slices that succeed, beside those of each day.
    private static final int MOST = 3;

    private static final String HALTED = "halted: ";

    /// Does this need a person?
    static boolean isHalt(Trouble trouble) {
        return trouble.problem().startsWith(HALTED);
    }

    /// What it was, without the mark.
    static String problem(Trouble trouble) {
        String problem = trouble.problem();
        return isHalt(trouble) ? problem.substring(HALTED.length()) : problem;
    }

    /// @param about a slice; [TimeRange#ALL] when it was none
    void failed(TimeRange about, Kind kind, RuntimeException failure) {
        String mark =
                switch (kind) {
                    case PERSON, HALT -> HALTED;
                    case LATER, TIME -> "";
                };
        String problem = mark + failure.getMessage();
        boolean unsound = failure instanceof Doubt doubt && doubt.isUnsound();
        try {
            route.log().append(state -> attempt(state, about, problem, unsound));
        } catch (Transient | Permanent e) {
            failure.addSuppressed(e);
            route.around().progress().warns("and that cannot be recorded: " + e.getMessage());
        }
    }

    /// The third that is unsound halts the stream: each of them counts.
    private Optional<Attempt> attempt(
            StreamState state, TimeRange about, String problem, boolean unsound) {
        boolean isOfSlice = !about.equals(TimeRange.ALL) && state.isUnsettled(about);
        if (isOfSlice && unsound) {
            return Optional.of(new Attempt(about, problem, true));
        }
        Attempt attempt = new Attempt(isOfSlice ? about : TimeRange.ALL, problem);
        return state.trouble().filter(known -> isKnown(known, attempt, state)).isPresent()
                ? Optional.empty()
                : Optional.of(attempt);
    }

    private boolean isKnown(Trouble known, Attempt attempt, StreamState state) {
        long nowMs = route.around().clock().millis();
        boolean isSame =
                known.slice().equals(attempt.slice()) && known.problem().equals(attempt.problem());
        return nowMs - known.lastMs() < AGAIN.toMillis() && (isSame || state.failures() >= MOST);
    }
}
