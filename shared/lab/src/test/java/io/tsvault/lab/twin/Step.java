package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.LabelMatcher;
import io.tsvault.wire.v1.Query;
import io.tsvault.wire.v1.ReadRequest;
import io.tsvault.wire.v1.ReadRequest.ResponseType;
import io.tsvault.wire.v1.TimeSeries;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// One request of a script, and how much of the answer has to agree.
///
/// @param isExact to the byte; else status, media type and error type
record Step(
        String name,
        String method,
        String path,
        Map<String, String> headers,
        ByteString body,
        boolean isExact) {
    static final long SECOND = 1_000;
    static final long MINUTE = Duration.ofMinutes(1).toMillis();
    static final long HOUR = Duration.ofHours(1).toMillis();
    static final long DAY = Duration.ofDays(1).toMillis();

    static final String V2 = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    static final String FORM = "application/x-www-form-urlencoded";

    static Step get(String path, String... parameters) {
        String query = form(parameters);
        String target = query.isEmpty() ? path : path + "?" + query;
        return new Step(
                "GET " + path + " " + String.join(" ", parameters),
                "GET",
                target,
                Map.of(),
                ByteString.EMPTY,
                true);
    }

    static Step post(String path, String... parameters) {
        return new Step(
                "POST " + path + " " + String.join(" ", parameters),
                "POST",
                path,
                Map.of("Content-Type", FORM),
                ByteString.copyFromUtf8(form(parameters)),
                true);
    }

    static Step bare(String method, String path) {
        return new Step(method + " " + path, method, path, Map.of(), ByteString.EMPTY, true);
    }

    /// Remote write 1.0.
    static Step write(String name, TimeSeries.Builder... series) {
        return raw("/api/v1/write", name, Snappy.compress(Writes.request(series)))
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy");
    }

    /// Remote write 2.0.
    static Step write2(String name, io.tsvault.wire.v2.Request.Builder request) {
        return raw("/api/v1/write", name, Snappy.compress(request.build().toByteArray()))
                .header("Content-Type", V2)
                .header("Content-Encoding", "snappy");
    }

    /// Remote read of everything that one matcher picks.
    static Step read(ResponseType type, LabelMatcher.Builder matcher, long startMs, long endMs) {
        ReadRequest request =
                ReadRequest.newBuilder()
                        .addAcceptedResponseTypes(type)
                        .addQueries(
                                Query.newBuilder()
                                        .setStartTimestampMs(startMs)
                                        .setEndTimestampMs(endMs)
                                        .addMatchers(matcher))
                        .build();
        String name = type + " " + matcher.build() + startMs + " to " + endMs;
        return raw("/api/v1/read", name, Snappy.compress(request.toByteArray()))
                .header("Content-Type", "application/x-protobuf");
    }

    /// Everything there is, up to a day after `now`, as samples.
    static Step samples(long now) {
        return read(
                ResponseType.SAMPLES,
                matcher(LabelMatcher.Type.RE, "__name__", ".*"),
                0,
                now + DAY);
    }

    /// The same as chunks.
    static Step streamed(long now) {
        return read(
                ResponseType.STREAMED_XOR_CHUNKS,
                matcher(LabelMatcher.Type.RE, "__name__", ".*"),
                0,
                now + DAY);
    }

    /// Two native histograms of the series `hist`, or one.
    static Step writeHistograms(String name, long first, long second) {
        var histograms =
                Writes.series("__name__", "hist").addHistograms(Writes.histogram(first, 5));
        if (second != first) {
            histograms.addHistograms(Writes.histogram(second, 7));
        }
        return write(name, histograms);
    }

    /// A range query, in seconds.
    static Step grid(String query, long start, long end, String step) {
        return get(
                "/api/v1/query_range",
                "query=" + query,
                "start=" + start,
                "end=" + end,
                "step=" + step);
    }

    static Step raw(String path, String name, byte[] body) {
        return new Step(name, "POST", path, Map.of(), ByteString.copyFrom(body), true);
    }

    static LabelMatcher.Builder matcher(LabelMatcher.Type type, String name, String value) {
        return LabelMatcher.newBuilder().setType(type).setName(name).setValue(value);
    }

    Step header(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Step(name, method, path, more, body, isExact);
    }

    /// The words are the twin's own: a listed deviation.
    Step inOwnWords() {
        return new Step(name, method, path, headers, body, false);
    }

    private static String form(String... parameters) {
        StringBuilder form = new StringBuilder();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            form.append(form.isEmpty() ? "" : "&")
                    .append(encode(parameter.substring(0, equals)))
                    .append('=')
                    .append(encode(parameter.substring(equals + 1)));
        }
        return form.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
