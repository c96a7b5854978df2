package io.tsvault.lab.twin;

import java.util.LinkedHashMap;
import java.util.Map;

/// An answer of the query API that is an error, thrown to where the answer is written.
final class ApiError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String text;

    private ApiError(int status, String type, String text) {
        super(text, null, false, false);
        this.status = status;
        this.type = type;
        this.text = text;
    }

    static ApiError badData(String text) {
        return new ApiError(400, "bad_data", text);
    }

    static ApiError badParameter(String name, String text) {
        return badData("invalid parameter " + GoText.quoted(name) + ": " + text);
    }

    static ApiError execution(String text) {
        return new ApiError(422, "execution", text);
    }

    static ApiError internal(String text) {
        return new ApiError(500, "internal", text);
    }

    /// 500: the server has no case for it.
    static ApiError unavailable(String text) {
        return new ApiError(500, "unavailable", text);
    }

    Reply reply(Json json) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("status", "error");
        envelope.put("errorType", type);
        envelope.put("error", text);
        return Reply.json(status, json.write(envelope));
    }
}
