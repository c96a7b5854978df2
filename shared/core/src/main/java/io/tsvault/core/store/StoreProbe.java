package io.tsvault.core.store;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.Finding.State;
import io.tsvault.core.store.ObjectStore.Creation;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Tries out whether a store keeps the promises on which a vault rests, in a folder `probe/<id>/`
/// of it that is gone afterwards. Asks through the port alone, so that any store can be asked.
public final class StoreProbe {
    private static final String OVERWRITES =
            "so two writers at once would lose what they wrote; use a store that honours"
                    + " If-None-Match, or a folder";

    private static final String NOT_TRIED =
            "create once, race, list at once, clock, delete: they need an object that was created";

    private static final int MOST_BYTES = 100;
    private static final int RACES = 4;
    private static final Duration SKEW_TO_KNOW = Duration.ofMinutes(1);
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    /// Who compares names instead of whole keys has another order.
    private static final List<String> IN_ORDER = List.of("a-b/x", "a.b", "a/x", "a0", "a=b");

    private final ObjectStore store;
    private final Clock clock;
    private final String folder;
    private final List<String> made = new ArrayList<>();

    private StoreProbe(ObjectStore store, Clock clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        byte[] id = new byte[16];
        random.nextBytes(id);
        this.folder = "probe/" + HexFormat.of().formatHex(id) + "/";
    }

    /// All that there is to say of a store. What it refuses is found, and does not end the search.
    ///
    /// @param clock of this machine, with which that of the store is compared
    public static List<Finding> of(ObjectStore store, Clock clock, RandomGenerator random) {
        return new StoreProbe(store, clock, random).findings();
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(found("list", this::listed));
        findings.add(found("read", this::read));
        findings.add(found("create", this::created));
        boolean creates = findings.getLast().state() == State.OK;
        if (creates) {
            findings.add(found("create once", this::createdOnce));
            findings.add(found("race", this::raced));
            findings.add(found("list at once", this::listedAtOnce));
            findings.add(found("clock", this::timed));
        }
        Finding deleted = found("delete", this::deleted);
        boolean proves = creates || deleted.state() != State.OK;
        findings.add(proves ? deleted : Finding.warn("not tried", NOT_TRIED));
        return List.copyOf(findings);
    }

    private static Finding found(String what, Function<String, Finding> look) {
        try {
            return look.apply(what);
        } catch (Permanent | Transient e) {
            return new Finding(what, State.BAD, String.valueOf(e.getMessage()));
        }
    }

    /// OK if there is no problem.
    private static Finding finding(String what, String good, Optional<String> problem) {
        return problem.map(bad -> new Finding(what, State.BAD, bad))
                .orElseGet(() -> new Finding(what, State.OK, good));
    }

    private Finding listed(String what) {
        boolean empty = store.list(folder, "", 1).isEmpty();
        return finding(what, "it can be listed", when(!empty, "it lists what nobody made"));
    }

    private Finding read(String what) {
        boolean empty = store.read(folder + "missing", 1).isEmpty();
        return finding(what, "it can be read", when(!empty, "it reads what nobody made"));
    }

    private Finding created(String what) {
        Creation creation = create("first", "one");
        boolean right = creation == Creation.CREATED && holds("first", "one");
        return finding(
                what,
                "what is created is there",
                when(!right, "what was created is not there, or was there before; try again"));
    }

    private Finding createdOnce(String what) {
        boolean refused = create("first", "two") == Creation.ALREADY_THERE;
        return finding(
                what,
                "what is there stays as it is",
                when(!refused || !holds("first", "one"), "it can be overwritten, " + OVERWRITES));
    }

    private Finding raced(String what) {
        for (int race = 0; race < RACES; race++) {
            String name = "race-" + race;
            made.add(folder + name);
            StoreRace.Result result = StoreRace.run(store, folder + name);
            if (!result.isFair()) {
                return new Finding(what, State.BAD, result + ", " + OVERWRITES);
            }
        }
        return new Finding(what, State.OK, "of 8 who want the same key one gets it");
    }

    private Finding listedAtOnce(String what) {
        List<String> there = new ArrayList<>(keys(""));
        for (String name : IN_ORDER.reversed()) {
            create(name, name);
            there.addFirst(folder + name);
            if (!keys("").equals(there)) {
                return new Finding(
                        what, State.BAD, "it lists " + keys("") + " instead of " + there);
            }
        }
        boolean goesOn = keys(there.get(2)).equals(there.subList(3, there.size()));
        return finding(
                what,
                "a list has all that is there, in order",
                when(!goesOn, "a list does not go on where another ended"));
    }

    private Finding timed(String what) {
        List<StoredObject> there = store.list(folder, "", 1);
        if (there.isEmpty()) {
            return new Finding(what, State.BAD, "it lists nothing, so it tells no time");
        }
        Duration skew = Duration.between(clock.instant(), there.getFirst().created());
        String detail = "the clock of the store is %+d s from this one".formatted(skew.toSeconds());
        if (skew.abs().compareTo(SKEW_TO_KNOW) <= 0) {
            return new Finding(what, State.OK, detail);
        }
        State state = skew.abs().compareTo(MOST_SKEW) > 0 ? State.BAD : State.WARN;
        return new Finding(what, state, detail + "; see which of the two is wrong, and set it");
    }

    private Finding deleted(String what) {
        try {
            made.forEach(store::delete);
        } catch (Permanent | Transient e) {
            return new Finding(
                    what,
                    State.WARN,
                    "%s; so nothing can be retired, and %s%s stays"
                            .formatted(e.getMessage(), store.location(), folder));
        }
        boolean gone = keys("").isEmpty() && store.read(folder + "first", 9).isEmpty();
        return finding(
                what, "what is deleted is gone", when(!gone, "what was deleted is still there"));
    }

    private Creation create(String name, String text) {
        made.add(folder + name);
        return store.create(folder + name, text.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean holds(String name, String text) {
        return store.read(folder + name, MOST_BYTES)
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .filter(text::equals)
                .isPresent();
    }

    private List<String> keys(String startAfter) {
        return store.list(folder, startAfter, 100).stream().map(StoredObject::key).toList();
    }

    private static Optional<String> when(boolean so, String problem) {
        return so ? Optional.of(problem) : Optional.empty();
    }
}
