package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.lab.twin.TwinOptions.Feature;

import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What there is: `/series`, `/labels`, `/label/<name>/values`, `/metadata`; and what shall be no
/// more: `/admin/tsdb/delete_series`.
final class CatalogApi {
    private static final long FIRST_MS = Long.MIN_VALUE;
    private static final long LAST_MS = Long.MAX_VALUE;
    private static final Pattern CLASSIC = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private static final String MATCH = "match[]";

    private final Head head;
    private final TwinOptions options;

    CatalogApi(Head head, TwinOptions options) {
        this.head = head;
        this.options = options;
    }

    ApiResult series(Parameters parameters) {
        requireMatch(parameters);
        var limit = parameters.limit(Generation.V2_53);
        long startMs = parameters.timeMs("start", FIRST_MS);
        long endMs = parameters.timeMs("end", LAST_MS);
        List<Selector> selectors = selectors(parameters, true);
        Stream<Selected> found =
                selectors.size() == 1
                        ? head.unsorted(selectors.getFirst(), startMs, endMs).stream()
                        : selectors.stream().flatMap(s -> head.sorted(s, startMs, endMs).stream());
        Stream<Labels> labels = found.map(Selected::labels);
        List<Labels> all =
                selectors.size() == 1 ? labels.toList() : labels.distinct().sorted().toList();
        return ApiResult.limited(all, limit, some -> some);
    }

    ApiResult labelNames(Parameters parameters) {
        return texts(
                parameters,
                labels -> Stream.iterate(0, i -> i < labels.size(), i -> i + 1).map(labels::name));
    }

    ApiResult labelValues(String name, Parameters parameters) {
        boolean isClassicOnly = !options.generation().isAtLeast(Generation.V3_5);
        if (name.isEmpty() || (isClassicOnly && !CLASSIC.matcher(name).matches())) {
            throw ApiError.badData("invalid label name: " + GoText.quoted(name));
        }
        return texts(parameters, labels -> labels.get(name).stream());
    }

    /// The index knows every series ever named, and looks at time only as a whole.
    private ApiResult texts(Parameters parameters, Texts texts) {
        var limit = parameters.limit(Generation.V2_53);
        long startMs = parameters.timeMs("start", FIRST_MS);
        long endMs = parameters.timeMs("end", LAST_MS);
        List<Selector> selectors = selectors(parameters, false);
        NavigableSet<String> found = new TreeSet<>();
        if (head.touches(startMs, endMs)) {
            head.series().stream()
                    .map(HeadSeries::labels)
                    .filter(
                            l ->
                                    selectors.isEmpty()
                                            || selectors.stream().anyMatch(s -> s.matches(l)))
                    .flatMap(texts::of)
                    .forEach(found::add);
        }
        return ApiResult.limited(List.copyOf(found), limit, some -> some);
    }

    private interface Texts {
        Stream<String> of(Labels labels);
    }

    /// No target was ever scraped.
    ApiResult metadata() {
        return ApiResult.of(Map.of());
    }

    Reply delete(Parameters parameters) {
        if (!options.has(Feature.ADMIN_API)) {
            throw ApiError.unavailable("admin APIs disabled");
        }
        requireMatch(parameters);
        long startMs = parameters.timeMs("start", FIRST_MS);
        long endMs = parameters.timeMs("end", LAST_MS);
        parameters.all(MATCH).stream()
                .map(text -> selector(text, true))
                .forEach(selector -> head.delete(selector, startMs, endMs));
        return Reply.NO_CONTENT;
    }

    private static void requireMatch(Parameters parameters) {
        if (parameters.all(MATCH).isEmpty()) {
            throw ApiError.badData("no match[] parameter provided");
        }
    }

    /// @param isNamed whether an error names the parameter: for `/series` it does
    private static List<Selector> selectors(Parameters parameters, boolean isNamed) {
        List<Selector> selectors =
                parameters.all(MATCH).stream().map(text -> selector(text, isNamed)).toList();
        if (selectors.stream().anyMatch(Expression::matchesNothingInParticular)) {
            throw wrong("match[] must contain at least one non-empty matcher", isNamed);
        }
        return selectors;
    }

    private static Selector selector(String text, boolean isNamed) {
        try {
            return Selector.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("1:1: parse error: " + e.getMessage(), isNamed);
        }
    }

    private static ApiError wrong(String text, boolean isNamed) {
        return isNamed ? ApiError.badParameter(MATCH, text) : ApiError.badData(text);
    }
}
