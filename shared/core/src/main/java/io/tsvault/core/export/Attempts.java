package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem.Kind;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Trouble;
import io.tsvault.core.vault.record.Event.Attempt;
import io.tsvault.core.vault.record.Event.Attempt.Outlook;

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

    /// @param about a slice; [TimeRange#ALL] when it was none
    void failed(TimeRange about, Kind kind, RuntimeException failure) {
        String problem = String.valueOf(failure.getMessage());
        Attempt attempt = new Attempt(about, problem, outlook(kind, failure));
        try {
            route.log().append(state -> recorded(state, attempt));
        } catch (Transient | Permanent e) {
            failure.addSuppressed(e);
            route.around().progress().warns("and that cannot be recorded: " + e.getMessage());
        }
    }

    private static Outlook outlook(Kind kind, RuntimeException failure) {
        if (failure instanceof Doubt doubt) {
            return doubt.outlook();
        }
        return switch (kind) {
            case DOUBT, PERSON, HALT -> Outlook.PERSON;
            case LATER, TIME -> Outlook.TIME;
        };
    }

    /// The third that is unsound halts the stream: each of them counts.
    private Optional<Attempt> recorded(StreamState state, Attempt attempt) {
        boolean isOfSlice =
                !attempt.slice().equals(TimeRange.ALL) && state.isUnsettled(attempt.slice());
        if (isOfSlice && attempt.outlook() == Outlook.UNSOUND) {
            return Optional.of(attempt);
        }
        Attempt told = isOfSlice ? attempt : ofNone(attempt);
        return state.trouble().filter(known -> isKnown(known, told, state)).isPresent()
                ? Optional.empty()
                : Optional.of(told);
    }

    /// Where there is no slice, nobody counts whether it is unsound again.
    private static Attempt ofNone(Attempt attempt) {
        return new Attempt(
                TimeRange.ALL,
                attempt.problem(),
                attempt.outlook() == Outlook.UNSOUND ? Outlook.PERSON : attempt.outlook());
    }

    private boolean isKnown(Trouble known, Attempt attempt, StreamState state) {
        long nowMs = route.around().clock().millis();
        boolean isSame = known.last().equals(attempt);
        return nowMs - known.lastMs() < AGAIN.toMillis() && (isSame || state.failures() >= MOST);
    }
}
