package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Gauges.constant;

import java.util.List;
import java.util.UUID;

/// The objects of a Kubernetes cluster: 120 pods, nine constants each.
final class KubeStateMetrics {
    private static final List<String> PHASES =
            List.of("Running", "Pending", "Failed", "Succeeded", "Unknown");

    private KubeStateMetrics() {}

    static void addTo(Plan plan, int k) {
        Target t =
                plan.scraped()
                        .with("job", "kube-state-metrics")
                        .with("instance", Plan.address(3, k, 8080));
        ScrapeReport.addTo(t);
        for (int p = 0; p < 120; p++) {
            pod(t, k, p);
        }
    }

    private static void pod(Target t, int k, int p) {
        String namespace = "ns-" + p % 5;
        String pod = "pod-" + k + "-" + p;
        String uid = new UUID(k * 7919L + p, p * 104729L).toString();
        String[] labels = {"namespace", namespace, "pod", pod, "uid", uid};
        double created = 1.794e9 + p * 37;
        t.add("kube_pod_info", constant(1), labels);
        t.add("kube_pod_created", constant(created), labels);
        t.add("kube_pod_start_time", constant(created + 3), labels);
        Model restarts = constant(p % 7 == 0 ? p : 0);
        t.add("kube_pod_container_status_restarts_total", restarts, labels);
        for (String phase : PHASES) {
            Model isInPhase = constant(phase.equals("Running") ? 1 : 0);
            String[] ofPhase = {"namespace", namespace, "pod", pod, "uid", uid, "phase", phase};
            t.add("kube_pod_status_phase", isInPhase, ofPhase);
        }
    }
}
