package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.bytes;
import static io.tsvault.lab.generator.Counters.seconds;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.function;
import static io.tsvault.lab.generator.Gauges.walk;

/// A kubelet with twelve containers. cAdvisor gives each container timestamps of its own, so these
/// series share none with the other containers of the same scrape.
final class Cadvisor {
    private Cadvisor() {}

    static void addTo(Plan plan, int k) {
        for (int c = 0; c < 12; c++) {
            container(
                    plan.withOwnTimestamps()
                            .with("job", "cadvisor")
                            .with("instance", Plan.address(2, k, 10250))
                            .with("namespace", "ns-" + c % 5)
                            .with("pod", "pod-" + k + "-" + c)
                            .with("container", "c" + c)
                            .with("id", id(k, c)));
        }
    }

    private static String id(int k, int c) {
        String pod = Integer.toHexString(k * 977 + c * 31);
        String container = Integer.toHexString((k * 7919 + c) * 2654435);
        return "/kubepods/burstable/pod" + pod + "/" + container;
    }

    private static void container(Target t) {
        t.add("container_cpu_usage_seconds_total", seconds(0.1, 9), "cpu", "total");
        t.add("container_cpu_user_seconds_total", seconds(0.07, 2));
        t.add("container_cpu_system_seconds_total", seconds(0.03, 2));
        t.add("container_memory_working_set_bytes", walk(1e8, 4e5, 0.7).inUnitsOf(4096));
        t.add("container_memory_rss", walk(8e7, 2e5, 0.6).inUnitsOf(4096));
        t.add("container_memory_cache", walk(2e7, 1e5, 0.2).inUnitsOf(4096));
        t.add("container_network_receive_bytes_total", bytes(5e4, 1), "interface", "eth0");
        t.add("container_network_transmit_bytes_total", bytes(8e4, 1), "interface", "eth0");
        t.add("container_fs_writes_bytes_total", bytes(900, 4096), "device", "/dev/sda");
        t.add("container_spec_memory_limit_bytes", constant(5.36870912e8));
        t.add("container_spec_cpu_shares", constant(102));
        t.add("container_last_seen", function(s -> Math.floor(s.timestampMs() / 1000.0)));
        t.add("container_threads", walk(20, 1, 0.1).notBelow(1));
        t.add("container_oom_events_total", constant(0));
    }
}
