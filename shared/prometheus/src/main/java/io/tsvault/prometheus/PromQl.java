package io.tsvault.prometheus;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;

import java.util.ArrayList;
import java.util.List;

/// Selectors as servers want them. A metric is named by a matcher, which all of them take whatever
/// the name is.
final class PromQl {
    private PromQl() {}

    /// The series of one metric.
    static String of(String metric, Selector selector) {
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        Matcher named = new Matcher(Op.EQUAL, Labels.METRIC_NAME, metric);
        matchers.remove(named);
        matchers.addFirst(named);
        return Selector.of(matchers).toString();
    }

    /// The series, where a server refuses what might mean all of them.
    static String of(Selector selector) {
        if (!selector.matches(Labels.NONE)) {
            return selector.toString();
        }
        List<Matcher> matchers = new ArrayList<>(selector.matchers());
        matchers.addFirst(new Matcher(Op.LIKE, Labels.METRIC_NAME, ".+"));
        return Selector.of(matchers).toString();
    }
}
