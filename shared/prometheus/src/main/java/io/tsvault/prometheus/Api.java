package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.TimeRange;
import io.tsvault.prometheus.http.Answer;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Form;
import io.tsvault.prometheus.http.Http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/// The requests of the query API. What answers in pieces is told to answer whole or not at all, and
/// not from a cache: who does not know these parameters ignores them.
final class Api {
    /// Streams are read as they come: only their pieces are held.
    private static final long MOST_STREAMED = 1L << 40;

    /// VictoriaMetrics since 1.145 packs so with less work than gzip; those before take the latter.
    /// No Prometheus knows zstd, and 3.5 would send nothing packed when asked like this.
    private static final String PREFER_ZSTD = "zstd, gzip;q=0.5";

    private static final String JSON = "application/json";
    private static final Form WHOLE =
            Form.of(
                    "partial_response", "false",
                    "max_source_resolution", "0s",
                    "deny_partial_response", "1",
                    "nocache", "1");

    private final Http http;

    Api(Http http) {
        this.http = http;
    }

    Http http() {
        return http;
    }

    /// Evaluates an expression at an instant.
    ///
    /// @return what the server says about the answer
    List<String> query(String promQl, long timeMs, Consumer<JsonWalk> data) {
        Form form = WHOLE.and("query", promQl).and("time", Decimal.seconds(timeMs));
        return envelope(Call.post("/api/v1/query", form), data);
    }

    /// Evaluates an expression at the points of a grid.
    ///
    /// @param points the first, and what is just behind the last
    List<String> queryRange(
            String promQl, TimeRange points, Duration step, Consumer<JsonWalk> data) {
        Form form =
                WHOLE.and("query", promQl)
                        .and("start", Decimal.seconds(points.startMs()))
                        .and("end", Decimal.seconds(points.endMs() - 1))
                        .and("step", Decimal.seconds(step.toMillis()));
        return envelope(Call.post("/api/v1/query_range", form), data);
    }

    /// The only value of an expression, if there is one.
    OptionalDouble value(String promQl, long timeMs) {
        List<Double> values = new ArrayList<>();
        Vector vector = new Vector((_, bits) -> values.add(Double.longBitsToDouble(bits)));
        requireSilence(query(promQl, timeMs, vector::read));
        return values.stream().mapToDouble(Double::doubleValue).findFirst();
    }

    /// The values that a label has.
    List<String> labelValues(String label, String match, TimeRange range) {
        return names("/api/v1/label/" + label + "/values", match, range);
    }

    /// The names of labels.
    List<String> labelNames(String match, TimeRange range) {
        return names("/api/v1/labels", match, range);
    }

    private List<String> names(String path, String match, TimeRange range) {
        List<String> names = new ArrayList<>();
        Form form = matching(match, range);
        requireSilence(
                envelope(Call.get(path, form), walk -> walk.items(() -> names.add(walk.text()))));
        return names;
    }

    /// Is there such a series? Reads no more of the answer than tells.
    boolean hasSeries(String match, TimeRange range) {
        Form form = matching(match, range).and("limit", "1");
        try (Answer answer = http.send(Call.get("/api/v1/series", form).accepting(JSON))) {
            JsonWalk walk = JsonWalk.over(answer.body(), "the list of series");
            boolean isEmpty = true;
            while (isEmpty && walk.next() != null) {
                if (walk.is(JsonToken.FIELD_NAME) && walk.anyText().equals("data")) {
                    walk.next();
                    walk.require(JsonToken.START_ARRAY);
                    isEmpty = walk.next() == JsonToken.END_ARRAY;
                }
            }
            return !isEmpty;
        }
    }

    private static Form matching(String match, TimeRange range) {
        return Form.of(
                "match[]", match,
                "start", Decimal.seconds(range.startMs()),
                "end", Decimal.seconds(range.endMs() - 1));
    }

    /// Every sample of these series, as VictoriaMetrics exports them.
    void export(String match, TimeRange range, Consumer<JsonWalk> lines) {
        Form form =
                matching(match, range)
                        .and("reduce_mem_usage", "1")
                        .and("max_rows_per_line", "10000");
        Call call =
                Call.post("/api/v1/export", form)
                        .with("Accept-Encoding", PREFER_ZSTD)
                        .accepting("application/stream+json", JSON)
                        .atMost(MOST_STREAMED);
        try (Answer answer = http.send(call)) {
            lines.accept(JsonWalk.over(new Infinities(answer.body()), "the export"));
        }
    }

    /// The data of a simple question.
    ///
    /// @return the answer's head
    Answer ask(String path, Consumer<JsonWalk> data) {
        try (Answer answer = http.send(Call.get(path, Form.EMPTY).accepting(JSON))) {
            JsonWalk walk = JsonWalk.over(answer.body(), "the answer of " + path);
            Envelope.read(walk, () -> data.accept(walk));
            return answer;
        }
    }

    /// What `/metrics` shows.
    String metrics() {
        try (Answer answer = http.send(Call.get("/metrics", Form.EMPTY).accepting("text/plain"))) {
            return new String(answer.bytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> envelope(Call call, Consumer<JsonWalk> data) {
        try (Answer answer = http.send(call.accepting(JSON).atMost(MOST_STREAMED))) {
            JsonWalk walk = JsonWalk.over(answer.body(), "the answer");
            return Envelope.read(walk, () -> data.accept(walk));
        }
    }

    /// Where there is no reading that could tell it, an answer that may not be whole is none.
    static void requireSilence(List<String> notices) {
        if (!notices.isEmpty()) {
            throw new Transient("the answer may not be whole: " + String.join("; ", notices));
        }
    }
}
