package io.tsvault.lab.twin;

import io.tsvault.core.series.Labels;
import io.tsvault.lab.twin.Evaluation.Settings;
import io.tsvault.lab.twin.Evaluation.Value;
import io.tsvault.lab.twin.Expression.CountOverTime;
import io.tsvault.lab.twin.Expression.Newest;
import io.tsvault.lab.twin.Expression.Range;
import io.tsvault.lab.twin.Expression.Scalar;
import io.tsvault.lab.twin.Expression.Total;
import io.tsvault.lab.twin.Json.Literal;
import io.tsvault.lab.twin.Point.FloatPoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// `/api/v1/query` and `/api/v1/query_range`.
final class QueryApi {
    /// `--query.lookback-delta`.
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    private final Head head;
    private final TwinOptions options;

    QueryApi(Head head, TwinOptions options) {
        this.head = head;
        this.options = options;
    }

    /// One instant; a range selector gives raw samples.
    ApiResult instant(Parameters parameters) {
        OptionalInt limit = parameters.limit(Generation.V3_5);
        long ms = parameters.timeMs("time", options.clock().millis());
        parameters.optionalNanos("timeout");
        Settings settings = settings(parameters);
        Expression expression = Expression.parse(parameters.text("query"), options.generation());
        Evaluation evaluation = new Evaluation(head, settings, expression, ms, ms);
        return switch (expression) {
            case Scalar scalar -> ApiResult.of(typed("scalar", scalar(ms, scalar.value())));
            case Range range ->
                    ApiResult.limited(
                            evaluation.matrix(range, ms),
                            limit,
                            rows -> typed("matrix", rows.stream().map(QueryApi::raw).toList()));
            case Newest _, CountOverTime _, Total _ ->
                    ApiResult.limited(
                            evaluation.at(ms),
                            limit,
                            vector ->
                                    typed("vector", vector.stream().map(v -> at(ms, v)).toList()));
        };
    }

    /// A grid: start, start + step and so on.
    ApiResult range(Parameters parameters) {
        OptionalInt limit = parameters.limit(Generation.V3_5);
        Grid grid = Grid.of(parameters);
        parameters.optionalNanos("timeout");
        Settings settings = settings(parameters);
        Expression expression = Expression.parse(parameters.text("query"), options.generation());
        if (expression instanceof Range) {
            String text =
                    "invalid expression type \"range vector\" for range query, must be Scalar or"
                            + " instant Vector";
            throw options.generation().isAtLeast(Generation.V2_53)
                    ? ApiError.badParameter("query", text)
                    : ApiError.badData(text);
        }
        Evaluation evaluation =
                new Evaluation(head, settings, expression, grid.startMs(), grid.endMs());
        grid.requireProgress();
        SortedMap<Labels, List<Object>> rows = new TreeMap<>();
        for (long ms = grid.startMs(); ms <= grid.endMs(); ms += grid.stepMs()) {
            for (Value value : evaluation.at(ms)) {
                rows.computeIfAbsent(value.labels(), _ -> new ArrayList<>())
                        .add(pair(ms, value.value()));
            }
        }
        return ApiResult.limited(
                List.copyOf(rows.entrySet()),
                limit,
                some ->
                        typed(
                                "matrix",
                                some.stream()
                                        .map(row -> row(row.getKey(), row.getValue()))
                                        .toList()));
    }

    private Settings settings(Parameters parameters) {
        long lookbackMs = LOOKBACK.toMillis();
        if (options.generation().isAtLeast(Generation.V2_53)) {
            lookbackMs =
                    parameters
                            .optionalNanos("lookback_delta")
                            .map(nanos -> nanos / Grid.NANOS_PER_MS)
                            .orElse(lookbackMs);
        }
        return new Settings(options.generation(), lookbackMs);
    }

    private static Map<String, Object> typed(String type, Object result) {
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("resultType", type);
        typed.put("result", result);
        return typed;
    }

    private static Map<String, Object> at(long ms, Value value) {
        Map<String, Object> sample = new LinkedHashMap<>();
        sample.put("metric", value.labels());
        sample.put("value", pair(ms, value.value()));
        return sample;
    }

    private static Map<String, Object> raw(Selected series) {
        return row(
                series.labels(),
                series.points().stream()
                        .map(FloatPoint.class::cast)
                        .<Object>map(n -> pair(n.timestampMs(), n.value()))
                        .toList());
    }

    private static Map<String, Object> row(Labels labels, List<Object> values) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("metric", labels);
        row.put("values", values);
        return row;
    }

    /// Unlike all others, the time of a scalar is printed as a float.
    private static List<Object> scalar(long ms, double value) {
        return List.of(new Literal(GoFloat.json(ms / 1000.0)), GoFloat.json(value));
    }

    private static List<Object> pair(long ms, double value) {
        return List.of(Literal.seconds(ms), GoFloat.json(value));
    }
}
