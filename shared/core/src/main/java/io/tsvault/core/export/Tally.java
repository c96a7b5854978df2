package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a run has done so far.
final class Tally {
    private final Route route;
    private final List<TimeRange> gaps = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long committed;
    private long partial;
    private long empty;
    private long amended;
    private Amount amount = Amount.NOTHING;
    private long series;
    private Optional<Problem> problem = Optional.empty();

    Tally(Route route) {
        this.route = route;
    }

    void warn(List<String> more) {
        more.forEach(route.around().progress()::warns);
        warnings.addAll(more);
    }

    /// It ends early, or has left something out; the first reason is told, or that the stream
    /// has halted.
    void ends(Problem.Kind kind, String message) {
        if (problem.isEmpty() || kind == Problem.Kind.HALT) {
            problem = Optional.of(new Problem(kind, message));
        }
    }

    void amended() {
        amended++;
    }

    void add(Taken taken) {
        switch (taken.result()) {
            case COMMITTED -> committed++;
            case PARTIAL -> {
                committed++;
                partial++;
            }
            case EMPTY -> empty++;
            case GAP -> gaps.add(taken.settled());
            case THERE -> {}
        }
        amount = amount.plus(taken.amount());
        series = Math.max(series, taken.amount().series());
        String word = taken.result().name().toLowerCase(Locale.ROOT);
        route.around().progress().ends(taken.settled(), word, taken.amount().bytes());
    }

    /// Without a line, what the records tell of the begin is all that is known of it.
    private Optional<Long> watermarkMs(Optional<Line> line) {
        StreamState state = route.log().state();
        return line.map(Line::originMs)
                .or(() -> state.earliestMs().stream().boxed().findFirst())
                .filter(_ -> !state.slices().isEmpty())
                .map(state::watermarkMs);
    }

    /// @param left slices that are still due
    Exported result(Optional<Line> line, long left) {
        return new Exported(
                committed,
                partial,
                empty,
                gaps,
                amended,
                amount.samples(),
                series,
                amount.bytes(),
                line.map(Line::mode).map(Object::toString).orElse(""),
                left,
                watermarkMs(line),
                warnings,
                problem);
    }
}
