package io.tsvault.core.vault.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who does what, on what was there before.
///
/// @param records how many there are before; -1 when there is no vault
/// @param slices how many of them, the first ones, are commits
/// @param programs by the names of their actors
/// @param medium what the stores are like
/// @param client what is between them and the production code
/// @param stage what else was there before
/// @param end what must be so in the end
record Scenario(
        String name,
        int records,
        int slices,
        Map<String, Program> programs,
        Store medium,
        Place.Client client,
        Stage stage,
        Consumer<World> end) {
    /// What was there before: what made the vault, and a target.
    record Stage(String name, BiFunction<Integer, Integer, Program> past, Server.Kind target) {
        static final Stage SLICES = new Stage("slices", Init::new, Server.Kind.ANY);
    }

    /// Makes a store on a disk.
    interface Store {
        Medium on(World world, Supplier<Disk> disk);
    }

    private static final Map<String, Disk> PASTS = new ConcurrentHashMap<>();

    static Scenario of(String name) {
        return new Scenario(
                name, 0, 0, Map.of(), Medium::new, Place.Client.PLAIN, Stage.SLICES, _ -> {});
    }

    Scenario with(String actor, Program program) {
        Map<String, Program> more = new LinkedHashMap<>(programs);
        more.put(actor, program);
        return new Scenario(name, records, slices, more, medium, client, stage, end);
    }

    /// The log has so many records, of which so many are commits.
    Scenario after(int past, int commits) {
        return new Scenario(name, past, commits, programs, medium, client, stage, end);
    }

    Scenario on(Store other) {
        return new Scenario(name, records, slices, programs, other, client, stage, end);
    }

    Scenario through(Place.Client other) {
        return new Scenario(name, records, slices, programs, medium, other, stage, end);
    }

    Scenario ending(Consumer<World> other) {
        return new Scenario(name, records, slices, programs, medium, client, stage, other);
    }

    Scenario on(Stage other) {
        return new Scenario(name, records, slices, programs, medium, client, other, end);
    }

    Scenario named(String other) {
        return new Scenario(other, records, slices, programs, medium, client, stage, end);
    }

    /// @throws Rule.Broken with the name, the plan and all steps
    World run(Plan plan) {
        World world = new World(this, plan, past());
        try {
            world.run();
            end.accept(world);
            return world;
        } catch (Rule.Broken e) {
            String steps = String.join("\n    ", world.trace());
            throw e.in(
                    "\n  in %s, %s; again by -Dtest=ReplayTest -Dtsvault.sim=%s/%d/%d\n    %s"
                            .formatted(name, plan, name, records, plan.seed(), steps));
        }
    }

    /// A disk with what was there before.
    Disk past() {
        if (records < 0) {
            return new Disk();
        }
        Disk past = PASTS.computeIfAbsent(stage.name() + " " + records + " " + slices, _ -> made());
        return past.twin();
    }

    private Disk made() {
        Disk disk = new Disk();
        Program init = stage.past().apply(slices, records);
        new World(Scenario.of("past").with("past", init), Script.NOTHING, disk).runOnce();
        return disk;
    }
}
