package io.tsvault.lab.twin;

import static io.tsvault.lab.twin.Step.DAY;
import static io.tsvault.lab.twin.Step.HOUR;
import static io.tsvault.lab.twin.Step.MINUTE;
import static io.tsvault.lab.twin.Step.SECOND;
import static io.tsvault.lab.twin.Step.bare;
import static io.tsvault.lab.twin.Step.get;
import static io.tsvault.lab.twin.Step.matcher;
import static io.tsvault.lab.twin.Step.post;
import static io.tsvault.lab.twin.Step.raw;
import static io.tsvault.lab.twin.Step.read;
import static io.tsvault.lab.twin.Step.samples;
import static io.tsvault.lab.twin.Step.write;
import static io.tsvault.lab.twin.Step.write2;
import static io.tsvault.lab.twin.Step.writeHistograms;
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

import java.util.List;

/// Names, remote read, both versions of remote write, histograms, paths. What is sent to the
/// twin and to the real server; each request of a story depends on those before it.
///
/// @param now the newest sample of most stories, in milliseconds; whole seconds
record WireScripts(long now) {
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
                samples(now),
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
                samples(now));
    }

    /// Blocks that unpack to more than the limit.
    List<Step> bombs() {
        byte[] bomb = Snappy.compress(new byte[(32 << 20) + 1]);
        return List.of(raw("/api/v1/write", "a bomb", bomb), raw("/api/v1/read", "a bomb", bomb));
    }

    /// Native histograms beside floats.
    List<Step> histograms() {
        return List.of(
                writeHistograms("histograms", now - MINUTE, now),
                writeHistograms("the same", now, now),
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
