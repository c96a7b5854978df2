package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.RetryingStore;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Promotable;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A vault that is there.
public final class Vault {
    private final RetryingStore store;
    private final Surroundings surroundings;
    private final byte[] described;
    private final String id;
    private final String attempt;
    private boolean writable;
    private volatile Optional<Marks> known = Optional.empty();

    private Vault(RetryingStore store, Surroundings surroundings, byte[] described) {
        this.store = store;
        this.surroundings = surroundings;
        this.described = described;
        this.id = Description.read(described).id();
        this.attempt = surroundings.newId();
    }

    /// Makes an empty store a vault, if it keeps what a vault rests on.
    ///
    /// @throws Permanent when it is one, is not empty, or creates where something is
    public static Vault init(ObjectStore store, Surroundings surroundings) {
        RetryingStore steady = surroundings.steady(store);
        List<StoredObject> there = steady.list("", "", 1);
        if (steady.read(Mark.VAULT.text(), 0, 1).isPresent()) {
            throw new Permanent(store.location() + " is a vault already; nothing was changed");
        }
        if (!there.isEmpty()) {
            throw new Permanent(
                    "%s is not empty: there is %s. A new vault needs a place of its own"
                            .formatted(store.location(), there.getFirst().key()));
        }
        byte[] described =
                new Foundation(steady, Mark.VAULT.text())
                        .lay(
                                () -> new Description(surroundings.newId()).toBytes(surroundings),
                                surroundings.parallel())
                        .orElseThrow(() -> another(store));
        return new Vault(steady, surroundings, described);
    }

    private static Permanent another(ObjectStore store) {
        return new Permanent(store.location() + " was made a vault by another at this moment");
    }

    /// Is there a vault?
    public static boolean isAt(ObjectStore store) {
        return store.read(Mark.VAULT.text(), 0, 1).isPresent();
    }

    /// Opens a vault.
    ///
    /// @throws Permanent when there is none
    /// @throws DamagedVault when there was one
    public static Vault open(ObjectStore store, Surroundings surroundings) {
        RetryingStore steady = surroundings.steady(store);
        byte[] described =
                steady.read(Mark.VAULT.text(), Description.MOST_BYTES)
                        .orElseThrow(() -> noVault(steady));
        return new Vault(steady, surroundings, described);
    }

    /// The vault that is there, when its description is lost.
    ///
    /// @param described the bytes that belong there
    static Vault describedBy(byte[] described, ObjectStore store, Surroundings surroundings) {
        return new Vault(surroundings.steady(store), surroundings, described);
    }

    /// The same, when its description is to be another.
    Vault describedBy(byte[] other) {
        return new Vault(store, surroundings, other);
    }

    /// What `vault.json` says, byte by byte.
    byte[] described() {
        return described.clone();
    }

    /// Never a reason to begin a new one in the same place.
    private static RuntimeException noVault(ObjectStore store) {
        boolean was =
                Stream.of(ObjectKey.STREAMS, ObjectKey.CONFIG, ObjectKey.RESTORES)
                        .anyMatch(folder -> !store.list(folder, "", 1).isEmpty());
        return was
                ? new DamagedVault(
                        Mark.VAULT.text(),
                        "gone, though %s has what a vault has".formatted(store.location()))
                : new Permanent(
                        "%s is no vault; make one by tsvault init".formatted(store.location()));
    }

    /// What this vault is called, here and in every copy.
    public String id() {
        return id;
    }

    /// Where it is.
    public String location() {
        return store.location();
    }

    /// Reads the log of a stream; one that nobody wrote to yet is empty.
    public StreamLog stream(String name) {
        return new StreamLog(this, log(LogName.ofStream(name)));
    }

    /// The names of all streams that have a log.
    public List<String> streams() {
        return named(ObjectKey.STREAMS);
    }

    /// The names of what is configured, or was.
    ///
    /// @param kind `sources`, `targets` or `streams`
    public List<String> configured(String kind) {
        return named(ObjectKey.CONFIG + kind + "/");
    }

    /// All records of a log but those that only say where others are. For logs that are short:
    /// what is configured, and jobs.
    public List<Entry> history(LogName name) {
        return log(name).history();
    }

    /// Appends one record to such a log, or none.
    ///
    /// @param decision gets the history, and is asked again when others appended meanwhile
    /// @return what was appended
    public Optional<Entry> append(
            LogName name, Function<List<Entry>, Optional<? extends Event>> decision) {
        Log log = log(name);
        return new LogWriter(this, log).append(() -> decision.apply(log.history()));
    }

    /// The ids of all restores that were asked for.
    public List<String> restores() {
        return named(ObjectKey.RESTORES);
    }

    /// What belongs to one restore, but its log. Keys are within its folder.
    public ObjectStore restore(String job) {
        return new Folder(store, LogName.ofRestore(job).path() + "/");
    }

    /// Folders with other names are not of tsvault. What a copy had when it was promoted is named
    /// though its folder is gone: whoever reads it is told that it is lost.
    private List<String> named(String folder) {
        List<String> names = new ArrayList<>(Lists.folders(store, folder));
        names.removeIf(name -> !LogName.isName(name));
        promotion().map(then -> then.names(folder)).orElse(List.of()).stream()
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return List.copyOf(names);
    }

    /// The logs of what is configured, and of restores.
    List<LogName> otherLogs() {
        List<LogName> logs = configurations();
        restores().forEach(job -> logs.add(LogName.ofRestore(job)));
        return logs;
    }

    /// The newest record of a log. All before it is proven by it.
    ///
    /// @throws io.tsvault.core.failure.DamagedVault when it is lost
    public Head head(LogName name) {
        Log log = log(name);
        new Remains(this, log).requireWhole();
        return log.head();
    }

    /// The logs of what is configured, or was.
    public List<LogName> configurations() {
        List<LogName> logs = new ArrayList<>();
        for (String kind : LogName.KINDS) {
            configured(kind).forEach(id -> logs.add(LogName.ofConfig(kind, id)));
        }
        return logs;
    }

    /// All logs but those of restores; those of streams last.
    List<LogName> logs() {
        List<LogName> logs = configurations();
        streams().forEach(stream -> logs.add(LogName.ofStream(stream)));
        return logs;
    }

    ObjectStore store() {
        return store;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    <A, T> List<T> parallel(List<A> each, Function<A, T> call) {
        List<Supplier<T>> calls = new ArrayList<>();
        each.forEach(one -> calls.add(() -> call.apply(one)));
        return surroundings.parallel().all(calls);
    }

    Entry entry(LogName log, Head head, Event event) {
        return new Entry(
                id,
                log,
                head.seq() + 1,
                head.sha256(),
                attempt,
                surroundings.writer(),
                surroundings.clock().millis(),
                event);
    }

    /// Reads a log, whatever it is about.
    Log log(LogName name) {
        Log log = new Log(this, name);
        log.refresh();
        return log;
    }

    /// Is this a copy that must not be written to?
    public boolean isCopy() {
        return marks().isCopy();
    }

    /// Was this made as a copy? What it is now is another question.
    boolean wasCopied() {
        return marks().wasCopied();
    }

    Marks marks() {
        if (known.isPresent()) {
            return known.get();
        }
        Marks marks = Marks.read(this);
        if (marks.areFinal()) {
            known = Optional.of(marks);
        }
        return marks;
    }

    /// How far each log had come when this copy became the vault that counts.
    Optional<Heads> promotion() {
        return marks().promotion();
    }

    /// From now on this copy is the vault that counts, if nothing is in doubt.
    ///
    /// @throws DamagedVault when a log cannot be read, or may not be all there; then nothing was
    ///     changed
    public void promote() {
        Promotable promotable = new VaultCheck(this, 0).promotable();
        promotable.doubts().stream()
                .findFirst()
                .ifPresent(
                        doubt -> {
                            throw new DamagedVault(doubt.key(), doubt.what());
                        });
        promote(promotable);
    }

    /// The same, whatever is in doubt: somebody has seen what it is.
    public void promote(Promotable promotable) {
        requireCopy();
        Map<String, Long> heads = new TreeMap<>();
        promotable.logs().forEach(log -> heads.put(log.name().path(), log.head().seq()));
        store.create(
                Mark.PROMOTED.text(), new Description(id).toBytes(surroundings, new Heads(heads)));
    }

    void requireCopy() {
        Marks marks = marks();
        marks.require();
        if (!marks.isCopy()) {
            throw new Permanent(location() + " is no copy; nothing was changed");
        }
    }

    /// Also that the store keeps what is there: one who moved a vault may have moved it to another
    /// kind of store.
    ///
    /// @throws Permanent when it must not be written to
    /// @throws DamagedVault when its marks do not say whether it may be
    public void requireWritable() {
        if (writable) {
            return;
        }
        marks().require();
        if (isCopy()) {
            throw Permanent.refusal(
                    location()
                            + " is a copy of a vault; before it is written to, make it the one that"
                            + " counts by tsvault vault promote");
        }
        requireKept();
        writable = true;
    }

    /// The store must keep what is there; a copy may be mended.
    void requireKept() {
        new Foundation(store, Mark.VAULT.text()).require(described);
    }
}
