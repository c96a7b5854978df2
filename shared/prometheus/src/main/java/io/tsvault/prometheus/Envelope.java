package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.failure.Transient;

import java.util.ArrayList;
import java.util.List;

/// What stands around the data of an answer:
///
/// ```text
/// {"status": "success", "data": ..., "warnings": [...], "infos": [...], "isPartial": false}
/// ```
///
/// The members may come in any order; the rest is skipped. The answer is good when all of it was
/// read and its status is `success`.
final class Envelope {
    private final JsonWalk walk;
    private final Runnable data;
    private final List<String> notices = new ArrayList<>();
    private String status = "";
    private String error = "";

    private Envelope(JsonWalk walk, Runnable data) {
        this.walk = walk;
        this.data = data;
    }

    /// Reads all of an answer.
    ///
    /// @param data reads the data, which the walk has come to
    /// @return what the server says about the answer: it may not be whole then
    static List<String> read(JsonWalk walk, Runnable data) {
        Envelope envelope = new Envelope(walk, data);
        walk.next();
        walk.members(envelope::member);
        walk.requireEnd();
        if (!envelope.status.equals("success")) {
            throw new Transient(
                    "the answer has the status \"" + envelope.status + "\": " + envelope.error);
        }
        return List.copyOf(envelope.notices);
    }

    private void member(String name) {
        switch (name) {
            case "status" -> status = walk.text();
            case "error" -> error = walk.text();
            case "data" -> {
                if (!walk.is(JsonToken.VALUE_NULL)) {
                    data.run();
                }
            }
            case "warnings", "infos" -> {
                if (!walk.is(JsonToken.VALUE_NULL)) {
                    walk.items(() -> notices.add(walk.text()));
                }
            }
            case "isPartial" -> {
                if (!walk.is(JsonToken.VALUE_FALSE)) {
                    notices.add("the answer is partial");
                }
            }
            default -> walk.skip();
        }
    }
}
