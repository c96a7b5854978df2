package io.tsvault.benchmarks.transfer;

import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.Schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Restores some hours of some targets of `public-1` from a directory into new servers, each read
/// back and proven, or only sent; in turn with requests that were made in advance, and where
/// there is one with the migration tool that comes with the server. Then once more into the last
/// server, where everything is there already.
final class RestoreTable {
    private static final long WINDOW_MS = Duration.ofHours(2).toMillis();
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final int rounds;
    private final Fleet fleet;
    private final OneRestore restore;
    private final List<byte[]> requests = new ArrayList<>();
    private long samples;

    private RestoreTable(int rounds, Fleet fleet) throws Exception {
        this.rounds = rounds;
        this.fleet = fleet;
        this.restore = new OneRestore(fleet);
        RemoteWriteFeed.requests(
                fleet,
                (body, more) -> {
                    requests.add(body);
                    samples += more;
                });
    }

    /// Takes how many rounds, targets and hours, then names of servers: `2 40 2 prometheus:3.5`.
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Duration time = Duration.ofHours(Integer.parseInt(args[2]));
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis() / WINDOW_MS * WINDOW_MS);
        Schedule schedule = new Schedule(now.minus(time), INTERVAL, time);
        RestoreTable table =
                new RestoreTable(
                        rounds,
                        new Fleet(Recipe.PUBLIC_1, 42, Integer.parseInt(args[1]), schedule));
        for (int i = 3; i < args.length; i++) {
            table.compare(args[i]);
        }
        System.out.println(Cost.mostMemory());
    }

    private void compare(String name) throws Exception {
        Setup setup = Lab.named(name);
        Costs ceiling = new Costs(name + " requests made in advance");
        Costs blind = new Costs(name + " restore, not read back");
        Costs restored = new Costs(name + " restore");
        Costs again = new Costs(name + " all is there");
        Costs tool = new Costs(name + " vmctl");
        Optional<Path> vmctl = setup.tool("vmctl");
        for (int round = 0; round <= rounds; round++) {
            Cost sent = sent(setup);
            Cost unread;
            Cost brought;
            Cost seen;
            try (Server server = setup.start()) {
                unread = restore.blindlyInto(server);
            }
            try (Server server = setup.start()) {
                brought = restore.into(server);
                seen = restore.into(server);
            }
            if (round > 0) { // the first one warms up
                ceiling.add(sent);
                blind.add(unread);
                restored.add(brought);
                again.add(seen);
            }
        }
        if (vmctl.isPresent()) {
            migrate(setup, vmctl.get(), tool);
        }
        ceiling.print();
        blind.print();
        restored.print();
        again.print();
        double wall = restored.median(Cost::wallSeconds);
        System.out.printf(
                Locale.ROOT,
                "%-34s %.2f of the ceiling, %.2f read back; sender %.2f of the server's CPU, %.2f"
                        + " that of the ceiling; all is there: 1/%.1f%n",
                name,
                ceiling.median(Cost::wallSeconds) / blind.median(Cost::wallSeconds),
                ceiling.median(Cost::wallSeconds) / wall,
                blind.median(Cost::clientSeconds) / blind.median(Cost::serverSeconds),
                ceiling.median(Cost::clientSeconds) / ceiling.median(Cost::serverSeconds),
                wall / again.median(Cost::wallSeconds));
        if (vmctl.isPresent()) {
            tool.print();
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %.2f times as fast as vmctl, with %.1f times less CPU of the client%n",
                    name,
                    tool.median(Cost::wallSeconds) / wall,
                    tool.median(Cost::clientSeconds) / restored.median(Cost::clientSeconds));
        }
    }

    private Cost sent(Setup setup) throws Exception {
        try (Server server = setup.start()) {
            RemoteWriteFeed feed = new RemoteWriteFeed(server.uri());
            return Cost.of(
                    server.pid(),
                    () -> {
                        feed.send(requests);
                        return samples;
                    });
        }
    }

    private void migrate(Setup setup, Path vmctl, Costs tool) throws Exception {
        try (Server source = Lab.prometheus().start()) {
            new RemoteWriteFeed(source.uri()).send(fleet);
            Migration migration = new Migration(vmctl, source, fleet.schedule());
            for (int round = 0; round < rounds; round++) {
                try (Server server = setup.start()) {
                    tool.add(migration.into(server, samples));
                }
            }
        }
    }
}
