package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.restore.Restored;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.sim.Hours.Place;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Holds what a target has against what was to be brought there.
final class Brought {
    private final World world;
    private final Wish wish;
    private final Server target;

    Brought(World world, Wish wish) {
        this.world = world;
        this.wish = wish;
        this.target = world.target();
    }

    /// Asserts what holds when all restores of this wish are done, and the target has crashed.
    void audit() {
        target.settle();
        world.passes(target.kind().flush());
        target.restart();
        requireUntouched();
        if (!refuses()) {
            requirePossible();
        }
        requireNothingHeld();
    }

    private boolean refuses() {
        return wish.overlap().equals("fail") && target.kind().has() == Had.OTHER;
    }

    private void requireUntouched() {
        target.kind()
                .has()
                .samples()
                .forEach(
                        (place, bits) ->
                                Rule.UNTOUCHED.require(
                                        target.bits(place).filter(bits::equals).isPresent()
                                                || isToGo(place),
                                        "lost: " + place));
    }

    /// A batch that is dropped twice is given up: nobody can tell it from one that never comes.
    private void requirePossible() {
        List<Place> missing = new ArrayList<>(missing());
        missing.removeIf(target.kind().has()::isPoison);
        Rule.POSSIBLE.require(missing.isEmpty() || target.drops() > 1, "no " + missing);
        List<Place> conflicts = new ArrayList<>(conflicts());
        if (!wish.overwrites()) {
            conflicts.removeAll(target.kind().has().samples().keySet());
        }
        Rule.POSSIBLE.require(conflicts.isEmpty(), "other values at " + conflicts);
    }

    private void requireNothingHeld() {
        Actor auditor = new Actor(world, "auditor", _ -> {});
        Rule.LET_GO.require(auditor.log().state().pins().isEmpty(), "there are pins");
        Map<String, Long> claims = new HashMap<>();
        for (Entry entry : auditor.vault().history(LogName.ofConfig("targets", wish.target()))) {
            if (entry.event() instanceof Event.Pin pin) {
                claims.put(pin.holder(), entry.seq());
            } else if (entry.event() instanceof Event.Unpin unpin) {
                claims.remove(unpin.holder());
            }
        }
        Rule.LET_GO.require(claims.isEmpty(), "there are claims of " + claims.keySet());
    }

    private List<Place> missing() {
        return wish.expected(world).keySet().stream()
                .filter(place -> target.bits(place).isEmpty())
                .toList();
    }

    private List<Place> conflicts() {
        List<Place> conflicts = new ArrayList<>();
        wish.expected(world)
                .forEach(
                        (place, bits) -> {
                            if (target.bits(place)
                                    .filter(there -> !there.equals(bits))
                                    .isPresent()) {
                                conflicts.add(place);
                            }
                        });
        return conflicts;
    }

    /// A job says that it is done.
    void requireWhole() {
        Rule.BROUGHT.require(missing().isEmpty(), "no " + missing());
        boolean isWarned = wish.overlap().equals("warn");
        Rule.BROUGHT.require(isWarned || conflicts().isEmpty(), "not equal: " + conflicts());
        wish.expected(world)
                .keySet()
                .forEach(
                        place ->
                                Rule.BROUGHT.require(
                                        target.isSafe(place), place + " may still be lost"));
    }

    /// A job says that it has brought a part.
    void requireNamed(Restored restored) {
        List<Place> missing = missing();
        List<Place> conflicts = conflicts();
        Rule.NAMED.require(
                restored.outcome().missing() == missing.size(),
                restored.outcome() + " where " + missing + " is missing");
        Rule.NAMED.require(
                restored.outcome().conflicts() == conflicts.size(),
                restored.outcome() + " where " + conflicts + " is other");
        List<Json> lines = lines("missing-");
        missing.forEach(place -> requireLine(place, lines, "from", "to"));
        List<Json> others = lines("conflicts-");
        conflicts.forEach(place -> requireLine(place, others, "time", "time"));
    }

    private static void requireLine(Place place, List<Json> lines, String from, String to) {
        boolean isNamed =
                lines.stream()
                        .anyMatch(
                                line ->
                                        text(line, "series").equals(place.labels().toString())
                                                && timeMs(line, from) <= place.ms()
                                                && place.ms() <= timeMs(line, to));
        Rule.NAMED.require(isNamed, "nobody says a word of " + place);
    }

    private static long timeMs(Json line, String name) {
        return Instant.parse(text(line, name)).toEpochMilli();
    }

    private static String text(Json line, String name) {
        return Fields.read(line, Unknown.IGNORED, fields -> fields.text(name));
    }

    private Stream<byte[]> files(String name) {
        Disk disk = world.main().disk();
        return disk.list("restores/" + wish.jobId() + "/" + name, "").stream()
                .map(StoredObject::key)
                .map(key -> disk.read(key).orElseThrow());
    }

    private List<Json> lines(String name) {
        return files(name)
                .flatMap(bytes -> unzipped(bytes).lines())
                .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8), name))
                .toList();
    }

    private static String unzipped(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isToGo(Place place) {
        return wish.overwrites() && wish.expected(world).containsKey(place);
    }

    /// May this be deleted, which the target had?
    boolean mayGo(Place place) {
        boolean isKept = files("replaced-").anyMatch(chunk -> holds(chunk, place));
        Rule.KEPT_FIRST.require(!isToGo(place) || isKept, place + " is deleted");
        return isToGo(place);
    }

    private static boolean holds(byte[] chunk, Place place) {
        TimeRange instant = new TimeRange(place.ms(), place.ms() + 1);
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(chunk))) {
            return reader.series(Selector.of(List.of()), instant)
                    .anyMatch(one -> one.labels().equals(place.labels()) && one.size() > 0);
        }
    }
}
