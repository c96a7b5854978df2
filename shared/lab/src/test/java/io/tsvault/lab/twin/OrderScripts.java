package io.tsvault.lab.twin;

import static io.tsvault.lab.twin.Step.DAY;
import static io.tsvault.lab.twin.Step.HOUR;
import static io.tsvault.lab.twin.Step.MINUTE;
import static io.tsvault.lab.twin.Step.SECOND;
import static io.tsvault.lab.twin.Step.bare;
import static io.tsvault.lab.twin.Step.get;
import static io.tsvault.lab.twin.Step.grid;
import static io.tsvault.lab.twin.Step.matcher;
import static io.tsvault.lab.twin.Step.post;
import static io.tsvault.lab.twin.Step.read;
import static io.tsvault.lab.twin.Step.samples;
import static io.tsvault.lab.twin.Step.streamed;
import static io.tsvault.lab.twin.Step.write;
import static io.tsvault.lab.twin.Step.write2;
import static io.tsvault.lab.twin.Step.writeHistograms;
import static io.tsvault.lab.twin.Writes.bits;
import static io.tsvault.lab.twin.Writes.request2;
import static io.tsvault.lab.twin.Writes.sample;
import static io.tsvault.lab.twin.Writes.sample2;
import static io.tsvault.lab.twin.Writes.series;
import static io.tsvault.lab.twin.Writes.series2;

import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.LabelMatcher;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import java.util.List;

/// Samples in order and late, from the past and the future, and deleted again. What is sent to the
/// twin and to the real server; each request of a story depends on those before it.
///
/// @param now the newest sample of most stories, in milliseconds; whole seconds
record OrderScripts(long now) {
    /// Samples in order, and every way not to be.
    List<Step> order() {
        return List.of(
                samples(now),
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
                samples(now),
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
                samples(now),
                streamed(now),
                get("/api/v1/labels"),
                get("/api/v1/label/__name__/values"));
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
                samples(now),
                streamed(now),
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
                samples(now),
                streamed(now),
                get("/api/v1/query", "query={__name__=~\".+\"}[3h]", "time=" + now / SECOND),
                get("/api/v1/query", "query={__name__=~\".+\"}", "time=" + now / SECOND),
                grid("b", now / SECOND - 7200, now / SECOND, "300"),
                get("/api/v1/labels"),
                get("/api/v1/label/__name__/values"),
                get("/api/v1/series", "match[]={__name__=~\".+\"}"),
                many(),
                samples(now),
                streamed(now),
                writeHistograms("late histograms", now - HOUR, now - 40 * MINUTE),
                writeHistograms(
                        "histograms older than those", now - 90 * MINUTE, now - 80 * MINUTE),
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
                samples(now),
                streamed(now),
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
                samples(now),
                streamed(now),
                get("/api/v1/query", "query=m[2h]", "time=" + t),
                get("/api/v1/query", "query=m", "time=" + (t - 120)),
                get("/api/v1/query", "query=m", "time=" + (t - 3000)),
                grid("m", t - 6000, t, "60"));
    }

    /// More late samples than a chunk holds, backwards.
    private Step many() {
        var many = series("__name__", "m").addSamples(sample(now, 0));
        for (int i = 1; i <= 100; i++) {
            many.addSamples(sample(now - i * MINUTE, i));
        }
        return write("many late samples", many);
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
                streamed(now),
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
                samples(now),
                streamed(now),
                write(
                        "written again",
                        series("__name__", "x").addSamples(sample(now - 5 * MINUTE, 22))),
                write(
                        "written behind",
                        series("__name__", "x").addSamples(sample(now - 20 * MINUTE, 23))),
                samples(now),
                streamed(now),
                post("/api/v1/admin/tsdb/delete_series", "match[]=x"),
                samples(now),
                streamed(now),
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
}
