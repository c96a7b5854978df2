package io.tsvault.lab.generator;

import io.tsvault.lab.generator.Target.Life;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Puts the targets of a fleet together. What the seed decides is drawn here, target by target, in
/// an order that never changes.
final class Plan {
    private final Schedule schedule;
    private final Dice root;
    private final List<Target> targets = new ArrayList<>();

    private Plan(Schedule schedule, Dice root) {
        this.schedule = schedule;
        this.root = root;
    }

    /// Fresh targets, each at the start of its way.
    static List<Target> targets(Fleet fleet) {
        Plan common = new Plan(fleet.schedule(), new Dice(fleet.seed()));
        for (int k = 0; k < fleet.targets(); k++) {
            common.add(k);
        }
        return switch (fleet.recipe()) {
            case PUBLIC_1 -> common.targets;
            case PUBLIC_2 ->
                    Stream.concat(common.targets.stream(), processExporters(fleet)).toList();
        };
    }

    /// From dice of their own, so that the common targets stay what they are.
    private static Stream<Target> processExporters(Fleet fleet) {
        Plan more = new Plan(fleet.schedule(), new Dice(~fleet.seed()));
        for (int k = 0; k < fleet.targets(); k++) {
            if (isHost(k)) {
                ProcessExporter.addTo(more, k);
            }
        }
        return more.targets.stream();
    }

    private static boolean isHost(int k) {
        return k % 10 < 3;
    }

    private void add(int k) {
        if (isHost(k)) {
            NodeExporter.addTo(this, k);
        } else if (k % 10 < 8) {
            addApplication(k);
        } else if (k % 10 == 8) {
            Cadvisor.addTo(this, k);
        } else {
            KubeStateMetrics.addTo(this, k);
        }
    }

    /// One application in four is replaced once: its series end, and two scrapes later a pod with
    /// another name begins, unless the end is too near.
    private void addApplication(int k) {
        int scrapes = schedule.scrapes();
        if (!root.chance(0.25)) {
            Application.addTo(this, k, 0, new Life(0, scrapes));
            return;
        }
        int end = (int) (scrapes * (0.1 + 0.8 * root.unit()));
        Application.addTo(this, k, 0, new Life(0, end));
        if (end + 4 < scrapes) {
            Application.addTo(this, k, 1, new Life(end + 2, scrapes));
        }
    }

    /// A target that is there all the time.
    Target scraped() {
        return scraped(Life.whole(schedule));
    }

    /// A target whose samples carry the time of the scrape.
    Target scraped(Life life) {
        Dice dice = root.fork();
        return added(new Target(Clock.ofScrapes(schedule, dice), dice, life));
    }

    /// A target whose samples carry timestamps of its own.
    Target withOwnTimestamps() {
        Dice dice = root.fork();
        Clock clock = Clock.ofExporter(schedule, dice);
        return added(new Target(clock, dice, Life.whole(schedule)));
    }

    private Target added(Target target) {
        targets.add(target);
        return target;
    }

    /// The address of target `k` in network `10.network.0.0/16`.
    static String address(int network, int k, int port) {
        return "10." + network + "." + k / 200 + "." + k % 200 + ":" + port;
    }
}
