package io.tsvault.core.series;

import io.tsvault.core.regex.Regex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which series are meant: those that meet every matcher.
public final class Selector {
    private final List<Matcher> matchers;
    private final List<Predicate<Labels>> conditions;

    private Selector(List<Matcher> matchers) {
        this.matchers = List.copyOf(matchers);
        this.conditions = matchers.stream().map(Selector::condition).toList();
    }

    /// The series that meet all of these.
    public static Selector of(List<Matcher> matchers) {
        return new Selector(matchers);
    }

    /// Reads a PromQL series selector: `up`, `up{job="node"}`, `{"name.with.dots", env=~"a|b"}`.
    ///
    /// @throws IllegalArgumentException naming the position of what it cannot read
    public static Selector parse(String promQl) {
        return new Selector(new SelectorParser(promQl).matchers());
    }

    /// The conditions.
    public List<Matcher> matchers() {
        return matchers;
    }

    /// Is this series meant?
    public boolean matches(Labels labels) {
        return conditions.stream().allMatch(condition -> condition.test(labels));
    }

    private static Predicate<Labels> condition(Matcher matcher) {
        String name = matcher.name();
        Predicate<Labels> positive;
        if (matcher.op().isRegex()) {
            Regex regex = new Regex(matcher.value());
            positive = labels -> regex.matches(labels.bytesOrEmpty(name));
        } else {
            byte[] wanted = matcher.value().getBytes(StandardCharsets.UTF_8);
            positive = labels -> Arrays.equals(labels.bytesOrEmpty(name), wanted);
        }
        return matcher.op().isNegative() ? positive.negate() : positive;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that && matchers.equals(that.matchers);
    }

    @Override
    public int hashCode() {
        return matchers.hashCode();
    }

    /// As PromQL writes it.
    @Override
    public String toString() {
        return matchers.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
