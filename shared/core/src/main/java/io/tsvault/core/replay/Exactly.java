package io.tsvault.core.replay;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Matcher.Op;
import io.tsvault.core.series.Selector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// Selectors that mean one series and no other of those that were seen. The labels of a series do
/// not do: `{__name__="up",job="a"}` means `up{job="a",zone="b"}` too.
final class Exactly {
    private final Map<String, SortedSet<String>> names = new HashMap<>();

    /// There is this series too.
    void seen(Labels series) {
        SortedSet<String> known = names.computeIfAbsent(metric(series), _ -> new TreeSet<>());
        for (int i = 0; i < series.size(); i++) {
            known.add(series.name(i));
        }
    }

    private static String metric(Labels series) {
        return series.get(Labels.METRIC_NAME).orElse("");
    }

    /// Means this one.
    Selector selector(Labels series) {
        List<Matcher> matchers = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            matchers.add(new Matcher(Op.EQUAL, series.name(i), series.value(i)));
        }
        for (String name : names.getOrDefault(metric(series), new TreeSet<>())) {
            if (series.get(name).isEmpty()) {
                matchers.add(new Matcher(Op.EQUAL, name, ""));
            }
        }
        return Selector.of(matchers);
    }
}
