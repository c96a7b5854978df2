package io.tsvault.prometheus;

import io.tsvault.core.series.Series;
import io.tsvault.prometheus.http.Call;
import io.tsvault.wire.Snappy;

import java.util.List;
import java.util.Map;

/// What a request of remote write is made of.
enum WriteVersion {
    /// What every receiver takes.
    ONE("application/x-protobuf", "0.1.0"),

    /// Keeps the good samples of a batch that it refuses, and says how many it took.
    TWO("application/x-protobuf;proto=io.prometheus.write.v2.Request", "2.0.0");

    private final String type;
    private final String number;

    WriteVersion(String type, String number) {
        this.type = type;
        this.number = number;
    }

    Call call(String path, List<Series> batch) {
        byte[] message =
                switch (this) {
                    case ONE -> WriteMessage.of(batch);
                    case TWO -> SymbolMessage.of(batch);
                };
        return call(path, message);
    }

    Call call(String path, byte[] message) {
        Map<String, String> headers =
                Map.of(
                        "Content-Type", type,
                        "Content-Encoding", "snappy",
                        "X-Prometheus-Remote-Write-Version", number);
        return Call.post(path, Snappy.compress(message), headers);
    }
}
