package io.tsvault.lab.twin;

import static io.tsvault.lab.twin.Step.bare;
import static io.tsvault.lab.twin.Step.get;
import static io.tsvault.lab.twin.Step.matcher;
import static io.tsvault.lab.twin.Step.post;
import static io.tsvault.lab.twin.Step.raw;
import static io.tsvault.lab.twin.Step.read;
import static io.tsvault.lab.twin.Step.write;
import static io.tsvault.lab.twin.Step.write2;
import static io.tsvault.lab.twin.Writes.bits;
import static io.tsvault.lab.twin.Writes.histogram;
import static io.tsvault.lab.twin.Writes.request2;
import static io.tsvault.lab.twin.Writes.sample;
import static io.tsvault.lab.twin.Writes.sample2;
import static io.tsvault.lab.twin.Writes.series;
import static io.tsvault.lab.twin.Writes.series2;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Samples;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.LabelMatcher;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What is sent to the twin and to the real server: stories, in which each request depends on those
/// before it.
///
/// @param now the newest sample of most stories, in milliseconds; whole seconds
record Scripts(long now) {
    private static final long SECOND = 1_000;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private Step samples() {
        return read(
                ResponseType.SAMPLES,
                matcher(LabelMatcher.Type.RE, "__name__", ".*"),
                0,
                now + DAY);
    }

    private Step streamed() {
        return read(
                ResponseType.STREAMED_XOR_CHUNKS,
                matcher(LabelMatcher.Type.RE, "__name__", ".*"),
                0,
                now + DAY);
    }

    /// Samples in order, and every way not to be.
    List<Step> order() {
        return List.of(
                samples(),
                get("/api/v1/labels"),
                write("the first sample", series("__name__", "b").addSamples(sample(now, 1))),
                write("the same again", series("__name__", "b").addSamples(sample(now, 1))),
                write("another value", series("__name__", "b").addSamples(sample(now, 1234567.5))),
                write(
                        "a stale marker there",
                        series("__name__", "b").addSamples(bits(now, Samples.STALE_MARKER))),
                write(
                        "another series",
                        series("__name__", "a", "x", "1").addSamples(sample(now - 50 * MINUTE, 2))),
                write(
                        "older than its last",
                        series("__name__", "b").addSamples(sample(now - MINUTE, 3))),
                write(
                        "at the edge of the hour",
                        series("__name__", "c").addSamples(sample(now - HOUR, 4))),
                write(
                        "just behind the hour",
                        series("__name__", "d").addSamples(sample(now - HOUR - 1, 5))),
                write("a day old", series("__name__", "b").addSamples(sample(now - DAY, 5))),
                write(
                        "good and bad",
                        series("__name__", "e").addSamples(sample(now, 6)),
                        series("__name__", "b").addSamples(sample(now - MINUTE, 7))),
                samples(),
                write(
                        "out of order in itself",
                        series("__name__", "f")
                                .addSamples(sample(now, 1))
                                .addSamples(sample(now - MINUTE, 2))),
                write(
                        "twice in itself",
                        series("__name__", "g")
                                .addSamples(sample(now, 1))
                                .addSamples(sample(now, 2))),
                write(
                        "25 hours in one request, oldest first",
                        series("__name__", "h")
                                .addSamples(sample(now - HOUR, 1))
                                .addSamples(sample(now + MINUTE, 2))),
                write("no samples", series("__name__", "i")),
                write("nothing"),
                write(
                        "zero and negative time",
                        series("__name__", "j").addSamples(sample(0, 1)).addSamples(sample(-5, 1))),
                write(
                        "markers and payloads",
                        series("__name__", "k")
                                .addSamples(sample(now - 5 * MINUTE, 1))
                                .addSamples(bits(now - 4 * MINUTE, Samples.STALE_MARKER))
                                .addSamples(bits(now - 3 * MINUTE, 0x7ff8000000000001L))
                                .addSamples(bits(now - 2 * MINUTE, 0x7ff8000000abcdefL))
                                .addSamples(sample(now - MINUTE, -0.0))
                                .addSamples(sample(now, Double.NEGATIVE_INFINITY))),
                write(
                        "labels in no order",
                        series("z", "1", "__name__", "l", "a", "2").addSamples(sample(now, 1))),
                samples(),
                streamed(),
                get("/api/v1/labels"),
                get("/api/v1/label/__name__/values"));
    }

    /// Names that a receiver may not like.
    List<Step> names() {
        Label notUtf8 =
                Label.newBuilder()
                        .setName(ByteString.copyFromUtf8("q"))
                        .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff, 'x'}))
                        .build();
        return List.of(
                write("no name", series("a", "b").addSamples(sample(now, 1))),
                write("no labels", series().addSamples(sample(now, 1))),
                write(
                        "an empty value",
                        series("__name__", "n1", "a", "").addSamples(sample(now, 1))),
                write("only empty values", series("__name__", "").addSamples(sample(now, 1))),
                write(
                        "a label twice",
                        series("__name__", "n2", "a", "1", "a", "2").addSamples(sample(now, 1))),
                write(
                        "a label twice, once empty",
                        series("__name__", "n3", "a", "", "a", "2").addSamples(sample(now, 1))),
                write(
                        "a name of 3.x",
                        series("__name__", "n.4", "b-c", "1").addSamples(sample(now, 1))),
                write(
                        "a label with a colon",
                        series("__name__", "n:5", "b:c", "1").addSamples(sample(now, 1))),
                write(
                        "bytes that are no text",
                        series("__name__", "n6").addLabels(notUtf8).addSamples(sample(now, 1))),
                write(
                        "what JSON escapes",
                        series(
                                        "__name__",
                                        "n7",
                                        "a",
                                        "<&>\"\\\n\t\r\u0001\u2028\u00e9\ud83d\ude00\u007f")
                                .addSamples(sample(now, 1))),
                samples(),
                get("/api/v1/query", "query={__name__=~\"n[0-9]\"}", "time=" + now / SECOND),
                get(
                        "/api/v1/query_range",
                        "query=n7",
                        "start=" + now / SECOND,
                        "end=" + now / SECOND,
                        "step=1"),
                get("/api/v1/series", "match[]=n7"),
                get("/api/v1/series", "match[]=n7", "match[]=n1", "match[]={a=~\".+\"}"),
                get("/api/v1/labels"),
                get("/api/v1/labels", "match[]=n7", "match[]=n1"),
                get("/api/v1/label/a/values"),
                get("/api/v1/label/__name__/values", "match[]={a=~\"[0-9]+\"}"),
                get("/api/v1/label/__name__/values", "start=" + (now / SECOND + 86400)),
                get("/api/v1/label/b-c/values"),
                get("/api/v1/label/b%2Dc/values"));
    }

    /// Windows and edges of the query API, on a series with a sample every 30 s and a gap.
    List<Step> queries() {
        long t = now / SECOND;
        var steady = series("__name__", "q1", "i", "2");
        for (int i = 40; i >= 0; i--) {
            long ms = now - i * 30L * SECOND;
            steady.addSamples(i == 20 ? bits(ms, Samples.STALE_MARKER) : sample(ms, i));
        }
        return List.of(
                write("a steady series, its markers in the middle", steady),
                write(
                        "another",
                        series("__name__", "q1", "i", "1")
                                .addSamples(sample(now - 90 * SECOND - 1, 0.1))),
                write(
                        "a third",
                        series("__name__", "q2", "i", "1").addSamples(sample(now - 5 * MINUTE, 7))),
                get("/api/v1/query", "query=q1", "time=" + t),
                post("/api/v1/query", "query=q1", "time=" + t),
                get("/api/v1/query", "query=q2", "time=" + t),
                get("/api/v1/query", "query=q2", "time=" + (t - 1)),
                get("/api/v1/query", "query=q2", "time=" + t + ".001"),
                get("/api/v1/query", "query=q1[1m]", "time=" + t),
                post("/api/v1/query", "query=q1[1m30s]", "time=" + t),
                get("/api/v1/query", "query=q1[90s]", "time=" + t + ".0004"),
                get("/api/v1/query", "query={__name__=\"q1\",i!=\"2\"}[1h]", "time=" + t),
                get("/api/v1/query", "query={__name__=~\"q.*\"}[11m]", "time=" + (t - 300)),
                get("/api/v1/query", "query=q1[1m]", "time=" + (t - 600)),
                get("/api/v1/query", "query=q1{i=\"2\"}", "time=" + (t - 600)),
                get("/api/v1/query", "query=count_over_time(q1[10m])", "time=" + t),
                get("/api/v1/query", "query=count_over_time({__name__=~\"q.*\"}[1h])", "time=" + t),
                get("/api/v1/query", "query=sum(count_over_time(q1[1h]))", "time=" + t),
                get("/api/v1/query", "query=count(q1)", "time=" + t),
                get("/api/v1/query", "query=count(nothing)", "time=" + t),
                get("/api/v1/query", "query=1.5", "time=" + t + ".25"),
                get("/api/v1/query", "query=q1", "time=2026-01-01T00:00:00Z"),
                get("/api/v1/query", "query=q1", "time=" + t, "limit=1"),
                get("/api/v1/query", "query=q1[1h]", "time=" + t, "limit=1"),
                get("/api/v1/series", "match[]={__name__=~\"q.\"}", "limit=2"),
                get("/api/v1/labels", "limit=1"),
                get("/api/v1/label/__name__/values", "limit=1"),
                get("/api/v1/series", "match[]=q2", "start=" + (t + 600)),
                grid("q1", t - 900, t + 600, "30"),
                grid("q1", t - 900, t, "1m"),
                grid("q1{i=\"2\"}", t - 600, t - 600, "15"),
                grid("count_over_time(q1[1m])", t - 120, t, "60"),
                grid("2", t, t + 2, "1"),
                grid("nothing", t, t + 2, "1"),
                grid("q1", t, t + 11_000, "1"),
                grid("q1", t, t + 11_001, "1"),
                grid("q1", t, t + 1, "0.0004"),
                grid("q1", t + 1, t, "1"),
                grid("q1", t, t + 1, "0"),
                grid("q1", t, t + 1, "-1"),
                grid("q1", t, t + 1, "x"),
                grid("q1[5m]", t, t + 1, "1"),
                get("/api/v1/query_range", "query=q1"),
                get("/api/v1/query_range", "query=q1", "start=1"),
                get("/api/v1/query"),
                get("/api/v1/query", "query={}"),
                get("/api/v1/query", "query={a=\"\"}"),
                get("/api/v1/query", "query=up", "time=abc"),
                get("/api/v1/query", "query=up", "timeout=x"),
                get("/api/v1/query", "query=up", "limit=x"),
                get("/api/v1/query", "query=up", "limit=-1"),
                get("/api/v1/query", "query=up{").inOwnWords(),
                get("/api/v1/query", "query=up[").inOwnWords(),
                get("/api/v1/query", "query=up[0s]").inOwnWords(),
                get("/api/v1/query", "query=up[x]").inOwnWords(),
                get("/api/v1/query", "query=foo(up)").inOwnWords(),
                get("/api/v1/query", "query={a=~\"(\"}").inOwnWords(),
                get("/api/v1/series"),
                get("/api/v1/series", "match[]={a=~\".*\"}"),
                get("/api/v1/series", "match[]={").inOwnWords(),
                get("/api/v1/series", "match[]=up", "start=x"),
                get("/api/v1/series", "match[]=up", "limit=x"),
                get("/api/v1/labels", "match[]={a=\"\"}"));
    }

    private static Step grid(String query, long start, long end, String step) {
        return get(
                "/api/v1/query_range",
                "query=" + query,
                "start=" + start,
                "end=" + end,
                "step=" + step);
    }

    /// Every way to print a float.
    List<Step> floats() {
        List<Double> values =
                Stream.of(
                                "0 -0.0 1 -1.5 1e6 123456789 0.1 1e-6 9.99e-7 1e20 1e21 1.5e300",
                                "5e-324 2e-323 2.2250738585072011e-308 1.7976931348623157e308",
                                "0.3333333333333333 3141592653589793 4.35 9007199254740993",
                                "NaN Infinity -Infinity")
                        .flatMap(line -> Stream.of(line.split(" ", -1)))
                        .map(Double::valueOf)
                        .toList();
        var floats = series("__name__", "v");
        for (int i = 0; i < values.size(); i++) {
            floats.addSamples(sample(now - (values.size() - i) * SECOND, values.get(i)));
        }
        return List.of(
                write("floats", floats),
                get("/api/v1/query", "query=v[1h]", "time=" + now / SECOND),
                write("described", series("__name__", "v").addSamples(sample(now - SECOND, 1e-5))),
                write("described", series("__name__", "v").addSamples(sample(now - SECOND, 1e21))),
                write("described", series("__name__", "v").addSamples(sample(now - SECOND, 1e20))),
                write(
                        "described",
                        series("__name__", "v").addSamples(sample(now - SECOND, 1234567))));
    }

    /// Remote read: edges, matchers, external labels, several queries, nonsense.
    List<Step> reads() {
        var own = series("__name__", "r2", "cluster", "own").addSamples(sample(now, 2));
        return List.of(
                write(
                        "edges",
                        series("__name__", "r1")
                                .addSamples(sample(now - 2 * SECOND, 1))
                                .addSamples(sample(now - SECOND, 2))
                                .addSamples(sample(now, 3))),
                write("a label of its own where an external one is", own),
                both(
                                matcher(LabelMatcher.Type.EQ, "__name__", "r1"),
                                now - 2 * SECOND,
                                now - SECOND)
                        .getFirst(),
                both(
                                matcher(LabelMatcher.Type.EQ, "__name__", "r1"),
                                now - 2 * SECOND,
                                now - SECOND)
                        .getLast(),
                both(matcher(LabelMatcher.Type.EQ, "__name__", "r1"), now - 2 * SECOND + 1, now - 1)
                        .getFirst(),
                both(matcher(LabelMatcher.Type.EQ, "__name__", "r1"), now - 2 * SECOND + 1, now - 1)
                        .getLast(),
                both(matcher(LabelMatcher.Type.EQ, "__name__", "r1"), now, now - SECOND).getFirst(),
                both(matcher(LabelMatcher.Type.EQ, "cluster", "g"), now - SECOND, now).getFirst(),
                both(matcher(LabelMatcher.Type.EQ, "cluster", "g"), now - SECOND, now).getLast(),
                both(matcher(LabelMatcher.Type.EQ, "cluster", "own"), 0, now).getFirst(),
                both(matcher(LabelMatcher.Type.RE, "cluster", "g|own"), 0, now).getFirst(),
                both(matcher(LabelMatcher.Type.NEQ, "__name__", "r1"), now, now).getLast(),
                both(matcher(LabelMatcher.Type.NRE, "__name__", "[^r].*"), now, now).getLast(),
                both(matcher(LabelMatcher.Type.RE, "__name__", "("), now, now)
                        .getFirst()
                        .inOwnWords(),
                raw("/api/v1/read", "an empty body", new byte[0]),
                raw("/api/v1/read", "no snappy", new byte[] {1, 2, 3}),
                raw("/api/v1/read", "no protobuf", Snappy.compress(new byte[] {7, 7, 7}))
                        .inOwnWords(),
                raw("/api/v1/read", "no queries", Snappy.compress(new byte[0])),
                raw("/api/v1/write", "an empty body", new byte[0]),
                raw("/api/v1/write", "no snappy", new byte[] {1, 2, 3}),
                raw("/api/v1/write", "no protobuf", Snappy.compress(new byte[] {7, 7, 7}))
                        .inOwnWords());
    }

    private static List<Step> both(LabelMatcher.Builder matcher, long startMs, long endMs) {
        return List.of(
                read(ResponseType.SAMPLES, matcher, startMs, endMs),
                read(ResponseType.STREAMED_XOR_CHUNKS, matcher, startMs, endMs));
    }

    /// Samples out of order, on a server that takes them for two hours.
    List<Step> late() {
        return List.of(
                write("the newest", series("__name__", "b").addSamples(sample(now, 1))),
                write(
                        "in order for its series",
                        series("__name__", "a").addSamples(sample(now - 30 * MINUTE, 2))),
                write("late", series("__name__", "b").addSamples(sample(now - HOUR, 3))),
                write(
                        "late for a new series",
                        series("__name__", "c").addSamples(sample(now - 90 * MINUTE, 4))),
                samples(),
                streamed(),
                write("at the edge", series("__name__", "d").addSamples(sample(now - 2 * HOUR, 5))),
                write(
                        "behind the edge",
                        series("__name__", "e").addSamples(sample(now - 2 * HOUR - 1, 6))),
                write(
                        "good and too old",
                        series("__name__", "f").addSamples(sample(now - MINUTE, 7)),
                        series("__name__", "b").addSamples(sample(now - 3 * HOUR, 8))),
                write(
                        "another value at the end",
                        series("__name__", "b").addSamples(sample(now, 9))),
                write("the same at the end", series("__name__", "b").addSamples(sample(now, 1))),
                write(
                        "a late one again",
                        series("__name__", "b").addSamples(sample(now - HOUR, 3))),
                write(
                        "a late one with another value",
                        series("__name__", "b").addSamples(sample(now - HOUR, 33))),
                write(
                        "in no order",
                        series("__name__", "g")
                                .addSamples(sample(now, 1))
                                .addSamples(sample(now - 20 * MINUTE, 2))
                                .addSamples(sample(now - 40 * MINUTE, 3))
                                .addSamples(sample(now - 30 * MINUTE, 4))),
                write(
                        "a late marker",
                        series("__name__", "b")
                                .addSamples(bits(now - 50 * MINUTE, Samples.STALE_MARKER))),
                samples(),
                streamed(),
                get("/api/v1/query", "query={__name__=~\".+\"}[3h]", "time=" + now / SECOND),
                get("/api/v1/query", "query={__name__=~\".+\"}", "time=" + now / SECOND),
                grid("b", now / SECOND - 7200, now / SECOND, "300"),
                get("/api/v1/labels"),
                get("/api/v1/label/__name__/values"),
                get("/api/v1/series", "match[]={__name__=~\".+\"}"),
                many(),
                samples(),
                streamed(),
                histograms("late histograms", now - HOUR, now - 40 * MINUTE),
                histograms("histograms older than those", now - 90 * MINUTE, now - 80 * MINUTE),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.EQ, "__name__", "hist"),
                        0,
                        now));
    }

    /// The same instant with two values, once in order and once late, or twice late.
    List<Step> conflicts() {
        long t = now / SECOND;
        return List.of(
                write(
                        "in order",
                        series("__name__", "c")
                                .addSamples(sample(now - 20 * MINUTE, 1))
                                .addSamples(sample(now - 10 * MINUTE, 2))
                                .addSamples(sample(now - 5 * MINUTE, 3))
                                .addSamples(sample(now, 4))),
                write(
                        "late with another value",
                        series("__name__", "c").addSamples(sample(now - 10 * MINUTE, 22))),
                write(
                        "late with the same value",
                        series("__name__", "c").addSamples(sample(now - 20 * MINUTE, 1))),
                samples(),
                streamed(),
                get("/api/v1/query", "query=c[1h]", "time=" + t),
                get("/api/v1/query", "query=count_over_time(c[1h])", "time=" + t),
                get("/api/v1/query", "query=c", "time=" + (t - 600)),
                grid("c", t - 1300, t, "100"),
                many(),
                write(
                        "twice late",
                        series("__name__", "m")
                                .addSamples(sample(now - 2 * MINUTE, 222))
                                .addSamples(sample(now - 50 * MINUTE, 555))
                                .addSamples(sample(now - 99 * MINUTE, 999))),
                samples(),
                streamed(),
                get("/api/v1/query", "query=m[2h]", "time=" + t),
                get("/api/v1/query", "query=m", "time=" + (t - 120)),
                get("/api/v1/query", "query=m", "time=" + (t - 3000)),
                grid("m", t - 6000, t, "60"));
    }

    /// Long series, whose chunks the server cuts by its own rules.
    List<Step> chunks() {
        var even = series("__name__", "even");
        var uneven = series("__name__", "uneven");
        var denser = series("__name__", "denser");
        for (int i = 1000; i > 0; i--) {
            long ms = now - i * 15L * SECOND;
            even.addSamples(sample(ms, i));
            uneven.addSamples(sample(ms + i * 7919L % 13_000, i * 1.1));
            long denserMs = i > 960 ? ms : now - 960 * 15 * SECOND + (960 - i) * SECOND;
            denser.addSamples(sample(denserMs, -i));
        }
        return List.of(
                write(
                        "at even steps, at uneven ones, at small behind large ones",
                        even,
                        uneven,
                        denser),
                streamed(),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.EQ, "__name__", "even"),
                        0,
                        now),
                read(
                        ResponseType.STREAMED_XOR_CHUNKS,
                        matcher(LabelMatcher.Type.RE, "__name__", ".*even"),
                        now - HOUR,
                        now - HOUR / 2),
                get(
                        "/api/v1/series",
                        "match[]={__name__=~\".+\"}",
                        "start=" + ((now - 9 * SECOND) / 1000.0),
                        "end=" + ((now - 8 * SECOND) / 1000.0)),
                get(
                        "/api/v1/query",
                        "query=count_over_time({__name__=~\".*n\"}[30m])",
                        "time=" + now / SECOND));
    }

    /// What a server refuses that was not asked to be generous.
    List<Step> refusals() {
        return List.of(
                write("a float", series("__name__", "p").addSamples(sample(now, 1))),
                write(
                        "a float and a histogram",
                        series("__name__", "p2")
                                .addSamples(sample(now, 1))
                                .addHistograms(histogram(now, 1))),
                write2(
                        "by 2.0",
                        request2("p3").addTimeseries(series2(1, 2).addSamples(sample2(now, 1)))),
                write2(
                        "by 2.0, and bad",
                        request2("p")
                                .addTimeseries(series2(1, 2).addSamples(sample2(now - MINUTE, 1)))),
                write("after that", series("__name__", "p3").addSamples(sample(now, 1))),
                post("/api/v1/admin/tsdb/delete_series", "match[]=p"),
                samples());
    }

    /// Blocks that unpack to more than the limit.
    List<Step> bombs() {
        byte[] bomb = Snappy.compress(new byte[(32 << 20) + 1]);
        return List.of(raw("/api/v1/write", "a bomb", bomb), raw("/api/v1/read", "a bomb", bomb));
    }

    /// More late samples than a chunk holds, backwards.
    private Step many() {
        var many = series("__name__", "m").addSamples(sample(now, 0));
        for (int i = 1; i <= 100; i++) {
            many.addSamples(sample(now - i * MINUTE, i));
        }
        return write("many late samples", many);
    }

    /// Deleting, with and without late samples there.
    List<Step> deletes() {
        long t = now / SECOND;
        return List.of(
                write(
                        "to be deleted",
                        series("__name__", "x")
                                .addSamples(sample(now - 10 * MINUTE, 1))
                                .addSamples(sample(now - 5 * MINUTE, 2))
                                .addSamples(sample(now, 3))),
                post("/api/v1/admin/tsdb/delete_series"),
                post(
                        "/api/v1/admin/tsdb/delete_series",
                        "match[]=x",
                        "start=" + (t - 400),
                        "end=" + (t - 200)),
                samples(),
                streamed(),
                write(
                        "written again",
                        series("__name__", "x").addSamples(sample(now - 5 * MINUTE, 22))),
                write(
                        "written behind",
                        series("__name__", "x").addSamples(sample(now - 20 * MINUTE, 23))),
                samples(),
                streamed(),
                post("/api/v1/admin/tsdb/delete_series", "match[]=x"),
                samples(),
                streamed(),
                write("after all", series("__name__", "x").addSamples(sample(now + SECOND, 4))),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.EQ, "__name__", "x"),
                        0,
                        now + DAY),
                get("/api/v1/query", "query=x[1h]", "time=" + (t + 1)),
                get("/api/v1/series", "match[]=x"),
                bare("PUT", "/api/v1/admin/tsdb/delete_series"),
                bare("GET", "/api/v1/admin/tsdb/delete_series"));
    }

    /// Native histograms beside floats.
    List<Step> histograms() {
        return List.of(
                histograms("histograms", now - MINUTE, now),
                histograms("the same", now, now),
                write(
                        "another one there",
                        series("__name__", "hist").addHistograms(histogram(now, 99))),
                write(
                        "an older one",
                        series("__name__", "hist").addHistograms(histogram(now - 30 * SECOND, 5))),
                write(
                        "an old one",
                        series("__name__", "hist").addHistograms(histogram(now - 2 * HOUR, 5))),
                write(
                        "a float there",
                        series("__name__", "mixed")
                                .addSamples(sample(now - MINUTE, 1))
                                .addHistograms(histogram(now, 5))),
                write(
                        "a float after that",
                        series("__name__", "mixed").addSamples(sample(now + SECOND, 1))),
                write(
                        "a marker",
                        series("__name__", "hist")
                                .addSamples(bits(now + SECOND, Samples.STALE_MARKER))),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.RE, "__name__", "hist|mixed"),
                        0,
                        now + DAY),
                get(
                        "/api/v1/query",
                        "query=count_over_time(hist[1h])",
                        "time=" + (now / SECOND + 2)));
    }

    private static Step histograms(String name, long first, long second) {
        var histograms = series("__name__", "hist").addHistograms(histogram(first, 5));
        if (second != first) {
            histograms.addHistograms(histogram(second, 7));
        }
        return write(name, histograms);
    }

    /// Remote write 2.0, to whoever understands it or not.
    List<Step> write2s() {
        return List.of(
                write2("empty", request2()),
                write2(
                        "good",
                        request2("w1").addTimeseries(series2(1, 2).addSamples(sample2(now, 1)))),
                write2(
                        "good and bad",
                        request2("w1", "w2")
                                .addTimeseries(series2(1, 3).addSamples(sample2(now, 1)))
                                .addTimeseries(
                                        series2(1, 2)
                                                .addSamples(sample2(now - MINUTE, 1))
                                                .addSamples(sample2(now, 2))
                                                .addSamples(sample2(now + SECOND, 3)))
                                .addTimeseries(series2(1, 3).addSamples(sample2(now - DAY, 1)))),
                write2(
                        "no series name",
                        request2("a", "b")
                                .addTimeseries(series2(2, 3).addSamples(sample2(now, 1)))),
                write2(
                        "a name twice",
                        request2("w3", "a\"\n", "1")
                                .addTimeseries(
                                        series2(1, 2, 3, 4, 3, 4).addSamples(sample2(now, 1)))),
                write2("no samples", request2("w4").addTimeseries(series2(1, 2))),
                write2(
                        "half a label",
                        request2("w5").addTimeseries(series2(1, 2, 2).addSamples(sample2(now, 1)))),
                write2(
                        "a reference to nowhere",
                        request2("w5")
                                .addTimeseries(series2(1, 2).addSamples(sample2(now, 1)))
                                .addTimeseries(series2(1, 9).addSamples(sample2(now, 1)))),
                write2(
                                "a type that is none",
                                request2("w6")
                                        .addTimeseries(series2(1, 2).addSamples(sample2(now, 1))))
                        .header("Content-Type", "text/plain"),
                write2(
                                "an unknown message",
                                request2("w6")
                                        .addTimeseries(series2(1, 2).addSamples(sample2(now, 1))))
                        .header("Content-Type", "application/x-protobuf;proto=foo"),
                write2(
                                "a lonely parameter",
                                request2("w6")
                                        .addTimeseries(series2(1, 2).addSamples(sample2(now, 1))))
                        .header("Content-Type", "application/x-protobuf;foo"),
                write2(
                                "a space before proto",
                                request2("w6")
                                        .addTimeseries(series2(1, 2).addSamples(sample2(now, 1))))
                        .header(
                                "Content-Type",
                                "application/x-protobuf; proto=io.prometheus.write.v2.Request"),
                write2(
                                "another encoding",
                                request2("w7")
                                        .addTimeseries(series2(1, 2).addSamples(sample2(now, 1))))
                        .header("Content-Encoding", "zstd"),
                write2(
                                "another encoding and a bad sample",
                                request2("w7")
                                        .addTimeseries(
                                                series2(1, 2).addSamples(sample2(now - DAY, 1))))
                        .header("Content-Encoding", "zstd"),
                write(
                                "1.0 in another encoding",
                                series("__name__", "w8").addSamples(sample(now, 1)))
                        .header("Content-Encoding", "gzip"),
                write("1.0 by its full name", series("__name__", "w9").addSamples(sample(now, 1)))
                        .header(
                                "Content-Type",
                                "application/x-protobuf;proto=prometheus.WriteRequest"),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.RE, "__name__", "w.*"),
                        0,
                        now + DAY),
                get("/api/v1/labels"));
    }

    /// Samples that nobody can have measured yet. Before 2.54 they move the head.
    List<Step> future() {
        return List.of(
                write(
                        "in nine minutes",
                        series("__name__", "y1").addSamples(sample(now + 9 * MINUTE, 1))),
                write("tomorrow", series("__name__", "y2").addSamples(sample(now + DAY, 1))),
                write2(
                        "tomorrow, by 2.0",
                        request2("y3")
                                .addTimeseries(series2(1, 2).addSamples(sample2(now + DAY, 1)))),
                write("now", series("__name__", "y4").addSamples(sample(now, 1))),
                read(
                        ResponseType.SAMPLES,
                        matcher(LabelMatcher.Type.RE, "__name__", "y.*"),
                        0,
                        now + 2 * DAY));
    }

    /// Paths and methods.
    List<Step> routes() {
        return List.of(
                bare("GET", "/-/ready"),
                bare("GET", "/-/healthy"),
                bare("POST", "/-/ready"),
                bare("GET", "/nope"),
                bare("GET", "/api/v1/nope"),
                bare("GET", "/api/v1/write"),
                bare("GET", "/api/v1/read"),
                bare("DELETE", "/api/v1/query"),
                bare("DELETE", "/api/v1/series"),
                bare("POST", "/api/v1/label/a/values"),
                bare("GET", "/api/v1/metadata"),
                bare("POST", "/api/v1/status/config"));
    }
}
