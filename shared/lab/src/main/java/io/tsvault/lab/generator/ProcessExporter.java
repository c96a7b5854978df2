package io.tsvault.lab.generator;

import static io.tsvault.lab.generator.Counters.driftingSeconds;

import java.util.List;

/// Processor time of the programs on a host, by group. The exporter adds up what it saw from scrape
/// to scrape in floating point, so these are no decimal numbers.
final class ProcessExporter {
    private static final List<Group> GROUPS =
            List.of(
                    new Group("java", 0.4, 0.05),
                    new Group("postgres", 0.12, 0.06),
                    new Group("nginx", 0.05, 0.04),
                    new Group("systemd", 0.004, 0.003),
                    new Group("sshd", 0.001, 0.001));

    private ProcessExporter() {}

    private record Group(String name, double user, double system) {}

    static void addTo(Plan plan, int k) {
        Target t =
                plan.scraped()
                        .with("job", "process")
                        .with("instance", Plan.address(0, k, 9256))
                        .with("env", "prod")
                        .with("region", "us-east-1");
        ScrapeReport.addTo(t);
        for (Group group : GROUPS) {
            cpu(t, group.name, "user", group.user);
            cpu(t, group.name, "system", group.system);
        }
    }

    private static void cpu(Target t, String group, String mode, double share) {
        String metric = "namedprocess_namegroup_cpu_seconds_total";
        t.add(metric, driftingSeconds(share), "groupname", group, "mode", mode);
    }
}
