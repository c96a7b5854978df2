package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.bytes;
import static io.tsvault.lab.generator.Counters.events;
import static io.tsvault.lab.generator.Counters.seconds;
import static io.tsvault.lab.generator.Gauges.constant;
import static io.tsvault.lab.generator.Gauges.walk;

import java.util.List;

/// What a host shows once per interface, disk and file system.
final class HostDevices {
    private static final List<String> NETWORK =
            List.of(
                    """
                    receive_bytes transmit_bytes receive_packets transmit_packets
                    receive_errs transmit_errs receive_drop transmit_drop
                    receive_fifo transmit_fifo receive_multicast transmit_colls
                    receive_frame receive_compressed transmit_compressed transmit_carrier\
                    """
                            .split("\\s+"));

    private HostDevices() {}

    /// An interface; that of the containers is idle.
    static void network(Target t, String device) {
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

    /// A block device.
    static void disk(Target t, String device) {
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

    /// A mounted file system; the one for booting never changes.
    static void fileSystem(Target t, String mountPoint) {
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
}
