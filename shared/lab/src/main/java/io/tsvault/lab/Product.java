package io.tsvault.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The servers that the lab knows, and how each wants to be started.
enum Product {
    PROMETHEUS("prometheus", "/-/ready") {
        @Override
        List<String> programs() {
            return List.of("prometheus");
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(
                    "--config.file=" + place.folder().resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + place.data(),
                    "--web.listen-address=" + place.address());
        }

        @Override
        List<String> comforts(String version) {
            List<String> flags =
                    new ArrayList<>(
                            List.of(
                                    "--web.enable-remote-write-receiver",
                                    "--web.enable-admin-api",
                                    "--storage.tsdb.retention.time=50y",
                                    "--enable-feature=native-histograms,exemplar-storage"));
            if (!version.matches("2\\.([0-4]?[0-9]|5[0-3])\\..*")) {
                String accepted = "--web.remote-write-receiver.accepted-protobuf-messages=";
                flags.add(accepted + "prometheus.WriteRequest");
                flags.add(accepted + "io.prometheus.write.v2.Request");
            }
            return flags;
        }
    },
    VICTORIA_METRICS("victoria-metrics", "/health") {
        @Override
        List<String> programs() {
            return List.of("victoria-metrics", "victoria-metrics-prod");
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(
                    "-storageDataPath=" + place.data(), "-httpListenAddr=" + place.address());
        }

        @Override
        List<String> comforts(String version) {
            return List.of("-retentionPeriod=50y");
        }
    },
    PUSHGATEWAY("pushgateway", "/-/ready") {
        @Override
        List<String> programs() {
            return List.of("prometheus-pushgateway", "pushgateway");
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(
                    "--persistence.file=" + place.data().resolve("metrics"),
                    "--persistence.interval=1s",
                    "--web.listen-address=" + place.address());
        }
    },
    VERSITYGW("versitygw", "/health") {
        @Override
        List<String> programs() {
            return List.of("versitygw");
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(
                    "--port",
                    place.address(),
                    "--health",
                    "/health",
                    "posix",
                    place.data().toString());
        }

        @Override
        Map<String, String> environment() {
            return Map.of(
                    "ROOT_ACCESS_KEY", Server.S3_ACCESS_KEY,
                    "ROOT_SECRET_KEY", Server.S3_SECRET_KEY);
        }
    },
    // its /minio/health/ready says yes while buckets and users are still being read
    MINIO("minio", "/minio/health/cluster") {
        @Override
        List<String> programs() {
            return List.of("minio");
        }

        @Override
        List<String> arguments(Place place) {
            return List.of("server", "--address", place.address(), place.data().toString());
        }

        // its console would listen on every address of this machine
        @Override
        Map<String, String> environment() {
            return Map.of(
                    "MINIO_ROOT_USER",
                    Server.S3_ACCESS_KEY,
                    "MINIO_ROOT_PASSWORD",
                    Server.S3_SECRET_KEY,
                    "MINIO_BROWSER",
                    "off",
                    "MINIO_UPDATE",
                    "off");
        }
    },
    MOTO("moto", "/moto-api/") {
        @Override
        List<String> arguments(Place place) {
            String port = String.valueOf(place.port());
            return List.of("-m", "moto.server", "-H", "127.0.0.1", "-p", port);
        }
    };

    private final String label;
    private final String readyPath;

    Product(String label, String readyPath) {
        this.label = label;
        this.readyPath = readyPath;
    }

    /// What people call it, on the command line too.
    String label() {
        return label;
    }

    /// Answers 2xx as soon as the server works.
    String readyPath() {
        return readyPath;
    }

    /// How its program may be called, the usual name first; empty when it is no program of its own.
    List<String> programs() {
        return List.of();
    }

    /// What it cannot be started without.
    abstract List<String> arguments(Place place);

    /// What the lab switches on because tests and drills want it; a [Setup] may leave it out.
    List<String> comforts(String version) {
        return List.of();
    }

    Map<String, String> environment() {
        return Map.of();
    }
}
