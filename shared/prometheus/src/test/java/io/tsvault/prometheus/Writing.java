package io.tsvault.prometheus;

import io.tsvault.core.series.Series;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.ServerSettings;
import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.v1.WriteRequest;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Fills a server by remote write 1.0.
record Writing(URI server) {
    static Writing to(URI server) {
        return new Writing(server);
    }

    void send(List<Series> all) {
        WriteRequest.Builder request = WriteRequest.newBuilder();
        for (Series series : all) {
            TimeSeries.Builder message = request.addTimeseriesBuilder();
            message.addAllLabels(Messages.labels(series.labels()));
            for (int i = 0; i < series.samples().size(); i++) {
                message.addSamples(
                        Sample.newBuilder()
                                .setTimestamp(series.samples().timestampMs(i))
                                .setValue(series.samples().value(i)));
            }
        }
        send(request.build());
    }

    void send(WriteRequest request) {
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/x-protobuf",
                        "Content-Encoding",
                        "snappy",
                        "X-Prometheus-Remote-Write-Version",
                        "0.1.0");
        byte[] body = Snappy.compress(request.toByteArray());
        try (Http http = Http.to(ServerSettings.from(Map.of("url", server.toString())))) {
            http.send(Call.post("/api/v1/write", body, headers)).close();
        }
    }
}
