package io.tsvault.benchmarks.transfer;

import io.tsvault.core.series.TimeRange;
import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;

import java.time.Duration;
import java.time.Instant;

/// Backs up some hours of some targets of `public-1` from a real Prometheus into a directory, by
/// remote read and by JSON in turn. Prints what both cost, and how much memory this process had at
/// most. A first round is not counted.
final class ExportTable {
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private ExportTable() {}

    /// Takes how many rounds, targets and hours, then names of servers: `2 40 2 prometheus:3.5`.
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int targets = Integer.parseInt(args[1]);
        Duration time = Duration.ofHours(Integer.parseInt(args[2]));
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis() / WINDOW_MS * WINDOW_MS);
        Schedule schedule = new Schedule(now.minus(time), INTERVAL, time);
        Fleet fleet = new Fleet(Recipe.PUBLIC_1, 42, targets, schedule);
        for (int i = 3; i < args.length; i++) {
            compare(args[i], rounds, fleet, TimeRange.of(now.minus(time), now));
        }
        System.out.println(Cost.mostMemory());
    }

    private static void compare(String name, int rounds, Fleet fleet, TimeRange range)
            throws Exception {
        try (Server server = Lab.named(name).start()) {
            new RemoteWriteFeed(server.uri()).send(fleet);
            OneExport export = new OneExport(server, range);
            Costs streamed = new Costs(name + " remote-read");
            Costs json = new Costs(name + " raw");
            Costs count = new Costs(name + " count");
            export.by("remote-read");
            export.by("raw");
            for (int round = 0; round < rounds; round++) {
                streamed.add(export.by("remote-read"));
                json.add(export.by("raw"));
            }
            count.add(export.count());
            streamed.print();
            json.print();
            count.print();
        }
    }
}
