package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.bytes;
import static io.tsvault.lab.generator.Counters.events;
import static io.tsvault.lab.generator.Counters.seconds;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.decimal;
import static io.tsvault.lab.generator.Gauges.function;
import static io.tsvault.lab.generator.Gauges.walk;

import java.util.List;

/// A host: processors, network, disks, memory, kernel, file systems.
final class NodeExporter {
    private static final List<String> CPU_MODES =
            List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");

    private static final List<String> NETWORK =
            List.of(
                    "receive_bytes",
                    "transmit_bytes",
                    "receive_packets",
                    "transmit_packets",
                    "receive_errs",
                    "transmit_errs",
                    "receive_drop",
                    "transmit_drop",
                    "receive_fifo",
                    "transmit_fifo",
                    "receive_multicast",
                    "transmit_colls",
                    "receive_frame",
                    "receive_compressed",
                    "transmit_compressed",
                    "transmit_carrier");

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
                plan.scraped(
                        "job",
                        "node",
                        "instance",
                        Plan.address(0, k, 9100),
                        "env",
                        "prod",
                        "region",
                        "us-east-1");
        ScrapeReport.addTo(t);
        GoRuntime.addTo(t);
        processors(t);
        List.of("eth0", "eth1", "lo", "docker0").forEach(device -> network(t, device));
        List.of("nvme0n1", "nvme1n1", "dm-0").forEach(device -> disk(t, device));
        memory(t);
        kernelCounters(t);
        List.of("/", "/var", "/boot/efi").forEach(mountPoint -> fileSystem(t, mountPoint));
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

    private static void network(Target t, String device) {
        boolean isIdle = device.equals("docker0");
        for (String what : NETWORK) {
            Model model = isIdle ? errors(what) : traffic(what);
            t.add("node_network_" + what + "_total", model, "device", device);
        }
    }

    private static Model traffic(String what) {
        return switch (what) {
            case "receive_bytes", "transmit_bytes" -> bytes(2e5, 1);
            case "receive_packets", "transmit_packets" -> bytes(300, 1);
            default -> errors(what);
        };
    }

    private static Model errors(String what) {
        return constant(what.endsWith("drop") ? 17 : 0);
    }

    private static void disk(Target t, String device) {
        disk(t, device, events(0.3), "reads_completed_total");
        disk(t, device, events(8), "writes_completed_total");
        disk(t, device, events(0.3), "reads_merged_total");
        disk(t, device, events(8), "writes_merged_total");
        disk(t, device, constant(0), "discards_completed_total");
        disk(t, device, bytes(2e3, 512), "read_bytes_total");
        disk(t, device, bytes(9e4, 512), "written_bytes_total");
        for (String what : List.of("read_time", "write_time", "io_time", "io_time_weighted")) {
            disk(t, device, seconds(0.004, 3), what + "_seconds_total");
        }
        disk(t, device, walk(0, 1, 0.1), "io_now");
    }

    private static void disk(Target t, String device, Model model, String name) {
        t.add("node_disk_" + name, model, "device", device);
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

    private static void fileSystem(Target t, String mountPoint) {
        Model space =
                mountPoint.equals("/boot/efi")
                        ? constant(5e8)
                        : walk(4e10, 1e5, 0.3).inUnitsOf(4096);
        fileSystem(t, mountPoint, space, "avail_bytes");
        fileSystem(t, mountPoint, space, "free_bytes");
        fileSystem(t, mountPoint, constant(40_960_000), "size_bytes");
        fileSystem(t, mountPoint, constant(20_480_000), "files");
        fileSystem(t, mountPoint, constant(32_768_000), "readonly");
        fileSystem(t, mountPoint, constant(49_152_000), "device_error");
        fileSystem(t, mountPoint, walk(3e6, 5, 0.2), "files_free");
    }

    private static void fileSystem(Target t, String mountPoint, Model model, String name) {
        String metric = "node_filesystem_" + name;
        t.add(metric, model, "device", "/dev/sda", "fstype", "ext4", "mountpoint", mountPoint);
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
