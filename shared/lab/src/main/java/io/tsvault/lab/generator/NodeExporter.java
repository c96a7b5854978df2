package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.bytes;
import static io.tsvault.lab.generator.Counters.events;
import static io.tsvault.lab.generator.Counters.seconds;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.decimal;
import static io.tsvault.lab.generator.Gauges.function;
import static io.tsvault.lab.generator.Gauges.walk;

import java.util.List;

/// A host: processors, [devices][HostDevices], memory, kernel, sensors, and how long each collector
/// of the exporter took.
final class NodeExporter {
    private static final List<String> CPU_MODES =
            List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");

    private static final List<String> MEMORY =
            List.of(
                    """
                    MemTotal MemFree MemAvailable Buffers Cached SwapCached Active Inactive
                    Active_anon Inactive_anon Active_file Inactive_file Unevictable Mlocked
                    SwapTotal SwapFree Dirty Writeback AnonPages Mapped Shmem Slab SReclaimable
                    SUnreclaim KernelStack PageTables NFS_Unstable Bounce WritebackTmp CommitLimit
                    Committed_AS VmallocTotal VmallocUsed VmallocChunk HardwareCorrupted
                    AnonHugePages HugePages_Total HugePages_Free DirectMap4k DirectMap2M\
                    """
                            .split("\\s+"));

    private NodeExporter() {}

    static void addTo(Plan plan, int k) {
        Target t =
                plan.scraped()
                        .with("job", "node")
                        .with("instance", Plan.address(0, k, 9100))
                        .with("env", "prod")
                        .with("region", "us-east-1");
        ScrapeReport.addTo(t);
        GoRuntime.addTo(t);
        processors(t);
        List.of("eth0", "eth1", "lo", "docker0").forEach(name -> HostDevices.network(t, name));
        List.of("nvme0n1", "nvme1n1", "dm-0").forEach(name -> HostDevices.disk(t, name));
        memory(t);
        kernelCounters(t);
        List.of("/", "/var", "/boot/efi").forEach(name -> HostDevices.fileSystem(t, name));
        system(t);
        collectors(t);
        sensors(t);
        t.add("node_uname_info", constant(1), "release", "6.1.0", "nodename", "n" + k);
    }

    private static void processors(Target t) {
        for (int cpu = 0; cpu < 8; cpu++) {
            for (String mode : CPU_MODES) {
                t.add("node_cpu_seconds_total", cpuTime(mode), "cpu", "" + cpu, "mode", mode);
            }
        }
    }

    private static Model cpuTime(String mode) {
        return switch (mode) {
            case "idle" -> seconds(0.8, 2);
            case "user" -> seconds(0.12, 2);
            case "irq", "nice", "steal" -> constant(0);
            default -> seconds(0.02, 2);
        };
    }

    /// Every fifth and all behind the 31st stand still; the others move in pages.
    private static void memory(Target t) {
        for (int j = 0; j < MEMORY.size(); j++) {
            t.add("node_memory_" + MEMORY.get(j) + "_bytes", memory(j));
        }
    }

    private static Model memory(int j) {
        if (j > 30) {
            return constant(0);
        }
        return j % 5 == 0
                ? constant(3.3e10 - j * 4096)
                : walk(1e9 * (1 + j % 7), 2e6, j % 3 == 0 ? 0.9 : 0.4).inUnitsOf(4096);
    }

    private static void kernelCounters(Target t) {
        for (int j = 0; j < 60; j++) {
            t.add("node_vmstat_x" + j, j % 3 == 0 ? constant(0) : events(Math.exp(j % 11)));
        }
        for (int j = 0; j < 24; j++) {
            t.add("node_netstat_x" + j, j % 2 == 0 ? constant(j) : events(j % 7 + 0.1));
        }
    }

    private static void system(Target t) {
        t.add("node_load1", decimal(0.8, 0.08, 2));
        t.add("node_load5", decimal(0.8, 0.02, 2));
        t.add("node_load15", decimal(0.8, 0.007, 2));
        t.add("node_time_seconds", function(NodeExporter::time));
        t.add("node_boot_time_seconds", constant(1.795e9));
        t.add("node_context_switches_total", bytes(4000, 1));
        t.add("node_intr_total", bytes(2500, 1));
        t.add("node_forks_total", events(1.2));
        t.add("node_procs_running", walk(2, 1, 0.5).notBelow(1));
        t.add("node_procs_blocked", constant(0));
        t.add("node_entropy_available_bits", constant(256));
    }

    /// The scrape's time and up to 4 ms more.
    private static double time(Scrape scrape) {
        long ms = scrape.timestampMs();
        return ms / 1000.0 + new Dice(ms * 31).below(4000) / 1e6;
    }

    private static void collectors(Target t) {
        for (int j = 0; j < 40; j++) {
            String collector = "c" + j;
            t.add(
                    "node_scrape_collector_duration_seconds",
                    NodeExporter::duration,
                    "collector",
                    collector);
            t.add("node_scrape_collector_success", constant(1), "collector", collector);
        }
    }

    /// Draws one number per scrape from the target's own dice, so the next model begins behind
    /// them.
    private static Signal duration(Target t) {
        Dice dice = t.dice().copy();
        for (int i = 0; i < t.schedule().scrapes(); i++) {
            t.dice().gaussian();
        }
        return scrape -> Gauges.toNanos(0.0005 * Math.exp(0.5 * dice.gaussian()));
    }

    private static void sensors(Target t) {
        String temperature = "node_hwmon_temp_celsius";
        t.add("node_timex_offset_seconds", decimal(1e-5, 2e-6, 9));
        t.add(temperature, decimal(47, 0.4, 1), "chip", "c0", "sensor", "temp1");
        t.add(temperature, decimal(39, 0.2, 3), "chip", "c1", "sensor", "temp1");
    }
}
