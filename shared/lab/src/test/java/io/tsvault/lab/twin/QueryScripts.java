package io.tsvault.lab.twin;

import static io.tsvault.lab.twin.Step.MINUTE;
import static io.tsvault.lab.twin.Step.SECOND;
import static io.tsvault.lab.twin.Step.get;
import static io.tsvault.lab.twin.Step.grid;
import static io.tsvault.lab.twin.Step.post;
import static io.tsvault.lab.twin.Step.write;
import static io.tsvault.lab.twin.Writes.bits;
import static io.tsvault.lab.twin.Writes.sample;
import static io.tsvault.lab.twin.Writes.series;

import io.tsvault.core.series.Samples;

import java.util.List;
import java.util.stream.Stream;

/// The query API: windows, edges, grids, numbers, errors. What is sent to the
/// twin and to the real server; each request of a story depends on those before it.
///
/// @param now the newest sample of most stories, in milliseconds; whole seconds
record QueryScripts(long now) {
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
}
