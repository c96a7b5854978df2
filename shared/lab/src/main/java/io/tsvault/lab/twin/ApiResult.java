package io.tsvault.lab.twin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// A good answer of the query API, and what it warns of.
record ApiResult(Object data, List<String> warnings) {
    static ApiResult of(Object data) {
        return new ApiResult(data, List.of());
    }

    /// The first of many results; the rest is cut with no more than a warning.
    static <T> ApiResult limited(List<T> all, OptionalInt limit, Function<List<T>, Object> data) {
        if (limit.isPresent() && all.size() > limit.getAsInt()) {
            return new ApiResult(
                    data.apply(all.subList(0, limit.getAsInt())),
                    List.of("results truncated due to limit"));
        }
        return of(data.apply(all));
    }

    Reply reply(Json json) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", "success");
        envelope.put("data", data);
        if (!warnings.isEmpty()) {
            envelope.put("warnings", warnings);
        }
        return Reply.json(200, json.write(envelope));
    }
}
