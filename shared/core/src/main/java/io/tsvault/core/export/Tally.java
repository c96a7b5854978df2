package io.tsvault.core.export;

import io.tsvault.core.export.Exported.Problem;
import io.tsvault.core.series.TimeRange;

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

    /// It ends early, or has left something out; the first reason is told.
    void ends(Problem.Kind kind, String message) {
        problem = problem.or(() -> Optional.of(new Problem(kind, message)));
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
                line.map(Line::originMs)
                        .filter(_ -> !route.log().state().slices().isEmpty())
                        .map(ms -> route.log().state().watermarkMs(ms)),
                warnings,
                problem);
    }
}
