package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.Event.State;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// A vault that is there.
public final class Vault {
    private static final int FORMAT = 1;
    private static final int MOST_BYTES = 1 << 16;
    private static final int LISTED = 1000;

    private final ObjectStore store;
    private final Surroundings surroundings;
    private final String id;
    private final String attempt;
    private boolean writable;

    private Vault(ObjectStore store, Surroundings surroundings, String id) {
        this.store = store;
        this.surroundings = surroundings;
        this.id = id;
        this.attempt = surroundings.newId();
    }

    /// Makes an empty store a vault.
    ///
    /// @throws Permanent when it is one, or is not empty
    public static Vault init(ObjectStore store, Surroundings surroundings) {
        ObjectStore steady = surroundings.steady(store);
        List<StoredObject> there = steady.list("", "", 1);
        if (steady.read(VaultLayout.VAULT, 0, 1).isPresent()) {
            throw new Permanent(store.location() + " is a vault already; nothing was changed");
        }
        if (!there.isEmpty()) {
            throw new Permanent(
                    "%s is not empty: there is %s. A new vault needs a place of its own"
                            .formatted(store.location(), there.getFirst().key()));
        }
        String id = surroundings.newId();
        byte[] bytes = description(id, surroundings).toBytes();
        if (steady.create(VaultLayout.VAULT, bytes) == Creation.ALREADY_THERE) {
            throw new Permanent(store.location() + " was made a vault by another at this moment");
        }
        return new Vault(steady, surroundings, id);
    }

    /// Is there a vault?
    public static boolean isAt(ObjectStore store) {
        return store.read(VaultLayout.VAULT, 0, 1).isPresent();
    }

    /// Opens a vault.
    ///
    /// @throws Permanent when there is none
    public static Vault open(ObjectStore store, Surroundings surroundings) {
        ObjectStore steady = surroundings.steady(store);
        byte[] bytes =
                steady.read(VaultLayout.VAULT, MOST_BYTES).orElseThrow(() -> noVault(steady));
        return new Vault(steady, surroundings, id(bytes));
    }

    /// Never a reason to begin a new one in the same place.
    private static Permanent noVault(ObjectStore store) {
        return store.list("streams/", "", 1).isEmpty()
                ? new Permanent(
                        "%s is no vault; make one by tsvault init".formatted(store.location()))
                : new Permanent(
                        "vault gone: %s has streams but no %s; bring that file back from a copy"
                                .formatted(store.location(), VaultLayout.VAULT));
    }

    private static String id(byte[] bytes) {
        try {
            Json json = Json.parse(bytes, "it");
            long format = Fields.read(json, Unknown.IGNORED, f -> f.whole("format"));
            if (format != FORMAT) {
                throw UnsupportedVault.of(VaultLayout.VAULT, format, FORMAT);
            }
            return Fields.read(json, Unknown.IGNORED, f -> f.text("vault"));
        } catch (MalformedJson | WrongShape e) {
            throw new DamagedVault(
                    VaultLayout.VAULT, "it does not describe a vault: " + e.getMessage());
        }
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
        return new StreamLog(this, LogName.ofStream(name));
    }

    /// The names of all streams that have a log.
    public List<String> streams() {
        return names(VaultLayout.STREAMS);
    }

    /// The names of what is configured, or was.
    ///
    /// @param kind `sources`, `targets` or `streams`
    public List<String> configured(String kind) {
        return names(VaultLayout.CONFIG + kind + "/");
    }

    /// All records of a log but those that only say where others are. For logs that are short:
    /// what is configured, and jobs.
    public List<Entry> history(LogName name) {
        List<Entry> entries = new ArrayList<>();
        new Log(this, name, entry -> keep(entries, entry)).refresh();
        return entries;
    }

    /// Appends one record to such a log, or none.
    ///
    /// @param decision gets the history, and is asked again when others appended meanwhile
    /// @return what was appended
    public Optional<Entry> append(
            LogName name, Function<List<Entry>, Optional<? extends Event>> decision) {
        List<Entry> entries = new ArrayList<>();
        Log log = new Log(this, name, entry -> keep(entries, entry));
        log.refresh();
        return log.append(() -> decision.apply(entries));
    }

    private static void keep(List<Entry> entries, Entry entry) {
        if (!(entry.event() instanceof State)) {
            entries.add(entry);
        }
    }

    /// The ids of all restores that were asked for.
    public List<String> restores() {
        return names(VaultLayout.RESTORES);
    }

    /// What belongs to one restore, but its log. Keys are within its folder.
    public ObjectStore restore(String job) {
        return new Folder(store, LogName.ofRestore(job).path() + "/");
    }

    /// All logs, those of streams last.
    List<LogName> logs() {
        List<LogName> logs = new ArrayList<>();
        for (String kind : names(VaultLayout.CONFIG)) {
            names(VaultLayout.CONFIG + kind + "/")
                    .forEach(id -> logs.add(LogName.ofConfig(kind, id)));
        }
        streams().forEach(stream -> logs.add(LogName.ofStream(stream)));
        return logs;
    }

    /// The names of the folders in a folder.
    private List<String> names(String folder) {
        List<String> names = new ArrayList<>();
        String after = "";
        while (true) {
            List<StoredObject> next = store.list(folder, after, 1);
            if (next.isEmpty()) {
                return names;
            }
            String rest = next.getFirst().key().substring(folder.length());
            int end = rest.indexOf('/');
            if (end < 0) {
                after = next.getFirst().key(); // a file that is none of ours
            } else {
                names.add(rest.substring(0, end));
                after = folder + rest.substring(0, end) + "0"; // the sign behind /
            }
        }
    }

    List<StoredObject> list(String prefix) {
        return list(store, prefix);
    }

    /// The number of the newest record; 0 when there is none.
    long newest(LogName log) {
        return newest(store, log);
    }

    static long newest(ObjectStore store, LogName log) {
        return store.list(VaultLayout.records(log), "", LISTED).stream()
                .map(object -> VaultLayout.seq(log, object.key()))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElse(0);
    }

    static List<StoredObject> list(ObjectStore store, String prefix) {
        List<StoredObject> objects = new ArrayList<>();
        List<StoredObject> some;
        do {
            String after = objects.isEmpty() ? "" : objects.getLast().key();
            some = store.list(prefix, after, LISTED);
            objects.addAll(some);
        } while (some.size() == LISTED);
        return objects;
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
        Log log = new Log(this, name, _ -> {});
        log.refresh();
        return log;
    }

    /// Is this a copy that must not be written to?
    public boolean isCopy() {
        return store.read(VaultLayout.REPLICA, 0, 1).isPresent()
                && store.read(VaultLayout.PROMOTED, 0, 1).isEmpty();
    }

    /// From now on this copy is the vault that counts.
    public void promote() {
        if (!isCopy()) {
            throw new Permanent(location() + " is no copy; nothing was changed");
        }
        store.create(VaultLayout.PROMOTED, description(id, surroundings).toBytes());
    }

    static Json description(String id, Surroundings surroundings) {
        return Json.object()
                .with("format", FORMAT)
                .with("vault", id)
                .with("createdMs", surroundings.clock().millis())
                .with("writer", surroundings.writer());
    }

    void requireWritable() {
        if (writable) {
            return;
        }
        if (isCopy()) {
            throw new Permanent(
                    location()
                            + " is a copy of a vault; before it is written to, make it the one that"
                            + " counts by tsvault vault promote");
        }
        writable = true;
    }
}
