package io.tsvault.cli;

import io.tsvault.core.target.Target;
import io.tsvault.prometheus.PrometheusTarget;

import java.util.Map;

/// Servers to write to, as they are registered.
final class Targets {
    private Targets() {}

    static Target open(Map<String, String> settings) {
        return PrometheusTarget.open(() -> Sources.connect(settings));
    }
}
