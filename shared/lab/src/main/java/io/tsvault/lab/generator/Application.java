package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.events;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.decimal;
import static io.tsvault.lab.generator.Gauges.noise;
import static io.tsvault.lab.generator.Gauges.quantileOrNaN;
import static io.tsvault.lab.generator.Gauges.walk;

import io.tsvault.lab.generator.Target.Life;

import java.util.List;

/// A service in a pod: requests, latencies, queues, caches, and what recording rules make of them.
final class Application {
    private static final List<Double> SECONDS =
            List.of(.005, .01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> BYTES = List.of(100.0, 1e3, 1e4, 1e5, 1e6);

    private static final List<Handler> HANDLERS =
            List.of(
                    new Handler("/api/v1/orders", 12, true),
                    new Handler("/api/v1/users", 4, true),
                    new Handler("/api/v1/items/{id}", 2, true),
                    new Handler("/healthz", 0.1, false),
                    new Handler("/metrics", 0.07, false),
                    new Handler("/login", 0.3, false));

    private Application() {}

    private record Handler(String path, double perSecond, boolean showsSize) {}

    /// @param generation 0 for the first pod, 1 for the one that replaces it
    static void addTo(Plan plan, int k, int generation, Life life) {
        String service = "svc-" + k % 17;
        Target t =
                plan.scraped(life)
                        .with("job", "app")
                        .with("instance", Plan.address(1, k, 8080))
                        .with("namespace", "ns-" + k % 5)
                        .with("pod", pod(service, k, generation))
                        .with("container", service)
                        .with("cluster", "c1");
        ScrapeReport.addTo(t);
        GoRuntime.addTo(t);
        HANDLERS.forEach(handler -> requests(t, handler));
        calls(t);
        resources(t);
        t.add("price_usd", decimal(123.45, 0.6, 2));
        t.add("battery_percent", decimal(88, 0.3, 1));
        t.add("job:http_requests:rate5m", noise(14, 0.05));
        t.add("job:http_errors:ratio5m", noise(0.003, 0.3));
    }

    private static String pod(String service, int k, int generation) {
        String replicaSet = Integer.toHexString((k * 7919 + generation * 104729) & 0xfffff);
        String replica = "x" + Integer.toString((k * 31 + generation * 17) % 46656, 36);
        return String.join("-", service, replicaSet, replica);
    }

    private static void requests(Target t, Handler handler) {
        for (String code : List.of("200", "400", "404", "500")) {
            for (String method : List.of("GET", "POST")) {
                double ofCode = handler.perSecond * (code.equals("200") ? 1 : 0.01);
                double perSecond = ofCode * (method.equals("GET") ? 1 : 0.1);
                String[] labels = {"handler", handler.path, "code", code, "method", method};
                t.add("http_requests_total", events(perSecond), labels);
            }
        }
        new Histogram(handler.perSecond, 0.04, SECONDS)
                .addTo(t, "http_request_duration_seconds", "handler", handler.path);
        if (handler.showsSize) {
            new Histogram(handler.perSecond, 2e3, BYTES)
                    .addTo(t, "http_response_size_bytes", "handler", handler.path);
        }
    }

    private static void calls(Target t) {
        for (int j = 0; j < 4; j++) {
            for (String q : List.of("0.5", "0.9", "0.99")) {
                Model latency = quantileOrNaN(0.03 * (1 + j), 0.3);
                t.add("rpc_duration_seconds", latency, "quantile", q, "service", "s" + j);
            }
        }
    }

    private static void resources(Target t) {
        for (int j = 0; j < 6; j++) {
            t.add("queue_depth", walk(j * 10, 2, 0.6), "queue", "q" + j);
            t.add("cache_hit_ratio", noise(0.9, 0.01), "cache", "c" + j);
            t.add("pool_connections", walk(10, 1, 0.1), "pool", "p" + j);
            t.add("feature_flag", constant(j % 2), "flag", "f" + j);
        }
    }
}
