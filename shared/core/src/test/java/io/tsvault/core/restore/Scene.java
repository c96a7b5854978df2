package io.tsvault.core.restore;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.MemoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.target.MemoryTarget;
import io.tsvault.core.target.Target;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.Surroundings;
import io.tsvault.core.vault.Vault;
import io.tsvault.core.vault.Vaults;
import io.tsvault.core.vault.record.Event.Capture;
import io.tsvault.core.vault.record.Event.Gap;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A vault with a few hours of a few series, a target, and a clock that pauses move on.
final class Scene {
    static final Instant START = Vaults.NOW;
    static final long HOUR_MS = Duration.ofHours(1).toMillis();
    static final List<Metadata> DESCRIBED =
            List.of(
                    new Metadata("a", Metadata.Type.COUNTER, "How many.", ""),
                    new Metadata("other", Metadata.Type.GAUGE, "Is not restored.", ""));
    private static final long STEP_MS = Duration.ofMinutes(5).toMillis();

    private Instant now = START.plus(Duration.ofDays(1));
    final MemoryStore store = new MemoryStore(zoned(() -> now));
    final MemoryTarget target = new MemoryTarget().clock(START.plus(Duration.ofDays(1)));
    final Surroundings surroundings = Vaults.ticking(1);
    final Vault vault = Vault.init(store, surroundings);
    private Instant until = Instant.MAX;
    private final List<Duration> waits = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private Watcher watcher = Watcher.SILENT;
    private Restorer.Manner manner = Restorer.Manner.USUAL;
    private Restorer.Precaution precaution =
            (_, _) -> {
                throw new AssertionError("nobody asked for a backup of the target");
            };

    /// An hour of the backup, or of the target.
    static TimeRange hour(int number) {
        long startMs = START.toEpochMilli() + (number * HOUR_MS);
        return new TimeRange(startMs, startMs + HOUR_MS);
    }

    /// Every five minutes of some hours, the number of minutes since the start.
    static Series series(Labels labels, TimeRange range, double add) {
        Samples.Builder samples = Samples.builder();
        for (long ms = range.startMs(); ms < range.endMs(); ms += STEP_MS) {
            samples.add(ms, (ms - START.toEpochMilli()) / 60_000.0 + add);
        }
        return new Series(labels, samples.build());
    }

    static Labels labels(String name, String replica) {
        return Labels.of("__name__", name, "replica", replica);
    }

    static TimeRange hours(int from, int to) {
        return new TimeRange(hour(from).startMs(), hour(to - 1).endMs());
    }

    /// The three series that stream `prod` has, in these hours.
    static List<Series> three(int from, int to) {
        TimeRange range = hours(from, to);
        return List.of(
                series(labels("a", "x"), range, 0),
                series(labels("b", "x"), range, 1000),
                series(labels("b", "y"), range, 2000));
    }

    /// Backs up so many hours of [#three].
    Scene backup(int hours) {
        for (int i = 0; i < hours; i++) {
            keep("prod", i, three(i, i + 1), Vaults.CAPTURE);
        }
        return this;
    }

    Scene keep(String stream, int hour, List<Series> series, Capture capture) {
        commit(deposit(vault.stream(stream), hour, series), capture, true);
        return this;
    }

    /// Backs up one more hour of [#three].
    Scene commit(int hour) {
        return keep("prod", hour, three(hour, hour + 1), Vaults.CAPTURE);
    }

    Scene keepSome(int hour, List<Series> series) {
        commit(deposit(vault.stream("prod"), hour, series), Vaults.CAPTURE, false);
        return this;
    }

    private static void commit(Deposit deposit, Capture capture, boolean whole) {
        if (deposit.commit(whole, List.of(), capture) != Deposit.Outcome.RECORDED) {
            throw new AssertionError("the slice was settled before");
        }
    }

    Scene amend(int hour, List<Series> series) {
        deposit(vault.stream("prod"), hour, series).amend(1, Vaults.CAPTURE);
        return this;
    }

    Scene gap(int hour) {
        vault.stream("prod").append(_ -> Optional.of(new Gap(hour(hour), "the source was away")));
        return this;
    }

    private static Deposit deposit(StreamLog log, int hour, List<Series> series) {
        Deposit deposit = log.deposit(hour(hour));
        ChunkWriter writer = new ChunkWriter(deposit::add);
        DESCRIBED.forEach(writer::add);
        series.forEach(writer::add);
        writer.close();
        return deposit;
    }

    /// A manifest with more members: `"overlap": "fail"`.
    static Manifest manifest(String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.add("\"tsvaultManifest\": 1");
        all.add("\"target\": \"dr\"");
        if (all.stream().noneMatch(member -> member.startsWith("\"stream\""))) {
            all.add("\"stream\": \"prod\"");
        }
        String json = "{" + String.join(",", all) + "}";
        return Manifest.read(json.getBytes(StandardCharsets.UTF_8));
    }

    Scene until(Instant end) {
        until = end;
        return this;
    }

    Scene careful(Restorer.Precaution by) {
        precaution = by;
        return this;
    }

    Scene in(Restorer.Manner other) {
        manner = other;
        return this;
    }

    Scene watched(Watcher by) {
        watcher = by;
        return this;
    }

    Restored restore(String... members) {
        return restore(store, target, manifest(members));
    }

    Restored restore(ObjectStore through, Target into, Manifest manifest) {
        return restorer(Vault.open(through, Vaults.ticking(2)), into).run("local", manifest);
    }

    Restored undo(ObjectStore through, Target into, String id) {
        Vault from = Vault.open(through, Vaults.ticking(2));
        return restorer(from, into).undo(Job.find(from, id).orElseThrow());
    }

    Job job(String id) {
        return Job.find(Vault.open(store, Vaults.ticking(2)), id).orElseThrow();
    }

    Preview preview(String... members) {
        return restorer(Vault.open(store, Vaults.ticking(2)), target).preview(manifest(members));
    }

    private Restorer restorer(Vault from, Target into) {
        return new Restorer(
                        from,
                        into,
                        new Restorer.Surroundings(
                                zoned(() -> now), this::wait, until, watcher, manner))
                .with(precaution);
    }

    private static Clock zoned(InstantSource clock) {
        return clock.withZone(ZoneOffset.UTC);
    }

    private synchronized void wait(Duration time) {
        waits.add(time);
        meanwhile.run();
        pass(time);
    }

    /// Happens in each wait.
    Scene meanwhile(Runnable what) {
        meanwhile = what;
        return this;
    }

    /// How long it was waited, each time.
    List<Duration> waits() {
        return waits;
    }

    /// So much time goes by.
    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    /// How many objects the vault has.
    int objects() {
        return store.list("", "", Integer.MAX_VALUE).size();
    }

    /// Where the chunk of an hour is.
    String chunk(int hour) {
        return store.list("streams/prod/chunks/", "", Integer.MAX_VALUE).get(hour).key();
    }

    /// Something else is there from now on.
    void replace(String key, byte[] bytes) {
        store.delete(key);
        store.create(key, bytes);
    }

    /// Who keeps samples of the stream from being collected.
    List<String> pins() {
        StreamLog log = vault.stream("prod");
        log.refresh();
        return List.copyOf(log.state().pins().keySet());
    }
}
