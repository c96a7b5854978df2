package io.tsvault.cli;

import io.tsvault.core.store.Finding;
import io.tsvault.core.store.Finding.State;
import io.tsvault.lab.Lab;
import io.tsvault.wire.Snappy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Looks at the machine that tsvault runs on.
final class Machine {
    private static final long GIB = 1L << 30;

    private final Map<String, String> environment;

    Machine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    List<Finding> examine() {
        List<Finding> findings = new ArrayList<>(List.of(java(), memory(), snappy(), cache()));
        findings.add(lab());
        environment.keySet().stream()
                .filter(name -> name.startsWith("TSVAULT_") && !isKnown(name))
                .sorted()
                .map(Machine::unknownVariable)
                .forEach(findings::add);
        return findings;
    }

    private static Finding java() {
        String detail = Runtime.version() + " in " + System.getProperty("java.home");
        return new Finding("java", State.OK, detail);
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        int cores = Runtime.getRuntime().availableProcessors();
        String load =
                "%.1f"
                        .formatted(
                                ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage());
        String detail =
                cores + " cores, load " + load + ", heap up to " + heap / (1 << 20) + " MiB";
        return heap < GIB / 8
                ? new Finding("memory", State.WARN, detail + "; give Java 128 MiB or more")
                : new Finding("memory", State.OK, detail);
    }

    private static Finding snappy() {
        byte[] plain = new byte[1000];
        try {
            boolean isSame = Arrays.equals(plain, Snappy.decompress(Snappy.compress(plain), 1000));
            return isSame
                    ? new Finding("snappy", State.OK, "its native library works")
                    : new Finding("snappy", State.BAD, "its native library returns other bytes");
        } catch (IOException | LinkageError e) {
            String remedy = "; a folder where libraries may run helps: -Djava.io.tmpdir=DIR";
            return new Finding("snappy", State.BAD, "its native library fails: " + e + remedy);
        }
    }

    private static Finding cache() {
        Path cache = Lab.cacheFolder();
        Path there = cache;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String detail = "%s, %.1f GiB free".formatted(cache, free / (double) GIB);
            if (!Files.isDirectory(there) || !Files.isWritable(there)) {
                String remedy = "; it cannot be written: name another in TSVAULT_LAB_CACHE";
                return new Finding("cache", State.BAD, detail + remedy);
            }
            return free < 2 * GIB
                    ? new Finding("cache", State.WARN, detail + "; all servers need about 1 GiB")
                    : new Finding("cache", State.OK, detail);
        } catch (IOException e) {
            return new Finding("cache", State.BAD, cache + " cannot be read: " + e.getMessage());
        }
    }

    private static Finding lab() {
        List<Lab.Offer> offers = Lab.offers();
        List<String> missing =
                offers.stream()
                        .filter(offer -> offer.state().equals("missing"))
                        .map(Lab.Offer::name)
                        .toList();
        if (missing.isEmpty()) {
            return new Finding("lab", State.OK, offers.size() + " servers are here or fetchable");
        }
        String detail = missing + " cannot run here; tsvault lab list says why";
        return new Finding("lab", State.WARN, detail);
    }

    /// The launcher reads the first, the lab the others.
    private static boolean isKnown(String name) {
        return name.equals("TSVAULT_JAVA_HOME")
                || name.equals(VaultAddress.VARIABLE)
                || Lab.variables().contains(name);
    }

    private static Finding unknownVariable(String name) {
        String detail =
                name + " is set, but tsvault knows no such variable; it knows " + Lab.variables();
        return new Finding("variable", State.BAD, detail);
    }
}
