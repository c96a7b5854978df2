package io.tsvault.core.relabel;

import io.tsvault.core.series.Labels;

import java.util.List;
import java.util.Optional;

/// Rules, applied one behind the other. See the description of the package.
public final class Relabelling {
    private final List<Step> steps;

    private Relabelling(List<Step> steps) {
        this.steps = steps;
    }

    /// Without rules every series keeps its labels.
    public static Relabelling of(List<Rule> rules) {
        return new Relabelling(rules.stream().map(Step::new).toList());
    }

    /// The labels that a series has from now on; nothing when it is dropped.
    public Optional<Labels> apply(Labels labels) {
        if (steps.isEmpty()) {
            return Optional.of(labels);
        }
        Draft draft = new Draft(labels);
        for (Step step : steps) {
            if (!step.apply(draft)) {
                return Optional.empty();
            }
        }
        return draft.labels();
    }
}
