package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The PromQL of the twin: what a backup tool asks.
///
/// ```text
/// expression --> number | selector | selector "[" duration "]" | call
/// call       --> "count_over_time" "(" selector "[" duration "]" ")"
///              | ( "sum" | "count" ) "(" expression ")"
/// ```
sealed interface Expression {
    /// A scalar.
    record Scalar(double value) implements Expression {}

    /// The newest sample of each series.
    record Newest(Selector selector) implements Expression {}

    /// The samples of each series over the last `lengthMs`.
    record Range(Selector selector, long lengthMs) implements Expression {}

    /// How many samples each series has.
    record CountOverTime(Range range) implements Expression {}

    /// All series in one.
    record Total(Aggregation aggregation, Expression of) implements Expression {}

    /// How many become one.
    enum Aggregation {
        /// Adds them.
        SUM,
        /// Counts them.
        COUNT
    }

    /// How the server calls it in messages.
    default String type() {
        return switch (this) {
            case Scalar _ -> "scalar";
            case Range _ -> "range vector";
            case Newest _, CountOverTime _, Total _ -> "instant vector";
        };
    }

    /// Reads an expression.
    ///
    /// @throws ApiError when the text is none, or is more than the twin understands
    static Expression parse(String text, Generation generation) {
        return new Reading(generation).expression(text.strip());
    }

    /// Does every matcher let the empty value pass?
    static boolean matchesNothingInParticular(Selector selector) {
        return selector.matchers().stream()
                .map(List::of)
                .map(Selector::of)
                .allMatch(one -> one.matches(Labels.NONE));
    }

    /// Takes a text apart from outside.
    record Reading(Generation generation) {
        private static final Pattern CALL =
                Pattern.compile("^(sum|count|count_over_time)\\s*\\((.*)\\)$", Pattern.DOTALL);
        private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");

        private Expression expression(String text) {
            if (text.isEmpty()) {
                String at = generation.isAtLeast(Generation.V2_53) ? "unknown position" : "1:1";
                throw ApiError.badParameter(
                        "query", at + ": parse error: no expression found in input");
            }
            if (NUMBER.matcher(text).matches()) {
                return new Scalar(Double.parseDouble(text));
            }
            Optional<MatchResult> call = CALL.matcher(text).results().findFirst();
            if (call.isPresent()) {
                return call(call.get());
            }
            return text.endsWith("]") ? range(text) : new Newest(vector(text));
        }

        private Expression call(MatchResult call) {
            Expression inner = expression(call.group(2).strip());
            String function = call.group(1);
            boolean wantsRange = function.equals("count_over_time");
            if (inner instanceof Range range && wantsRange) {
                return new CountOverTime(range);
            }
            if (wantsRange || inner instanceof Range || inner instanceof Scalar) {
                throw unreadable(function + " cannot be applied to a " + inner.type());
            }
            return new Total(function.equals("sum") ? Aggregation.SUM : Aggregation.COUNT, inner);
        }

        private Range range(String text) {
            int bracket = text.lastIndexOf('[');
            if (bracket < 0) {
                throw unreadable("unexpected right bracket ']'");
            }
            String length = text.substring(bracket + 1, text.length() - 1).strip();
            long ms =
                    GoTime.duration(length)
                            .filter(d -> d > 0)
                            .orElseThrow(
                                    () ->
                                            unreadable(
                                                    "not a valid duration string: "
                                                            + GoText.quoted(length)));
            return new Range(vector(text.substring(0, bracket)), ms);
        }

        private Selector vector(String text) {
            Selector selector;
            try {
                boolean isBare = text.strip().equals("{}");
                selector = isBare ? Selector.of(List.<Matcher>of()) : Selector.parse(text);
            } catch (IllegalArgumentException e) {
                throw unreadable(e.getMessage());
            }
            if (matchesNothingInParticular(selector)) {
                throw unreadable("vector selector must contain at least one non-empty matcher");
            }
            return selector;
        }

        private static ApiError unreadable(@Nullable String reason) {
            return ApiError.badParameter("query", "1:1: parse error: " + reason);
        }
    }
}
