package io.tsvault.prometheus;

import com.google.protobuf.UnsafeByteOperations;

import io.tsvault.core.series.Series;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Fills a server by remote write.
final class Filled {
    private Filled() {}

    static Http http(URI uri) {
        return Http.to(ServerSettings.from(Map.of("url", uri.toString())));
    }

    /// Writes these, a request each.
    static void with(URI uri, List<Series> all) {
        try (Http http = http(uri)) {
            for (Series series : all) {
                byte[] body = Snappy.compress(request(series).toByteArray());
                Map<String, String> headers =
                        Map.of(
                                "Content-Type", "application/x-protobuf",
                                "Content-Encoding", "snappy",
                                "X-Prometheus-Remote-Write-Version", "0.1.0");
                http.send(Call.post("/api/v1/write", body, headers)).close();
            }
        }
    }

    /// Lets a VictoriaMetrics show what it was given.
    static void flush(URI uri) {
        try (InputStream answer = uri.resolve("/internal/force_flush").toURL().openStream()) {
            answer.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WriteRequest request(Series series) {
        TimeSeries.Builder one = TimeSeries.newBuilder();
        for (int i = 0; i < series.labels().size(); i++) {
            one.addLabels(
                    Label.newBuilder()
                            .setName(UnsafeByteOperations.unsafeWrap(series.labels().nameBytes(i)))
                            .setValue(
                                    UnsafeByteOperations.unsafeWrap(
                                            series.labels().valueBytes(i))));
        }
        for (int i = 0; i < series.samples().size(); i++) {
            one.addSamples(
                    Sample.newBuilder()
                            .setTimestamp(series.samples().timestampMs(i))
                            .setValue(series.samples().value(i)));
        }
        return WriteRequest.newBuilder().addTimeseries(one).build();
    }
}
