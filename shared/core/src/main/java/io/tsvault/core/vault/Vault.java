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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// A vault that is there.
public final class Vault {
    private static final int FORMAT = 1;
    private static final int MOST_BYTES = 1 << 16;

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
        byte[] bytes =
                Json.object()
                        .with("format", FORMAT)
                        .with("vault", id)
                        .with("createdMs", surroundings.clock().millis())
                        .with("writer", surroundings.writer())
                        .toBytes();
        if (steady.create(VaultLayout.VAULT, bytes) == Creation.ALREADY_THERE) {
            throw new Permanent(store.location() + " was made a vault by another at this moment");
        }
        return new Vault(steady, surroundings, id);
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
        List<String> names = new ArrayList<>();
        String after = "";
        while (true) {
            List<StoredObject> next = store.list(VaultLayout.STREAMS, after, 1);
            if (next.isEmpty()) {
                return names;
            }
            String rest = next.getFirst().key().substring(VaultLayout.STREAMS.length());
            String name = rest.substring(0, Math.max(0, rest.indexOf('/')));
            names.add(name);
            after = VaultLayout.STREAMS + name + "0"; // the sign behind /
        }
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

    void requireWritable() {
        if (writable) {
            return;
        }
        boolean copy = store.read(VaultLayout.REPLICA, 0, 1).isPresent();
        if (copy && store.read(VaultLayout.PROMOTED, 0, 1).isEmpty()) {
            throw new Permanent(
                    location()
                            + " is a copy of a vault; before it is written to, make it the one that"
                            + " counts by tsvault vault promote");
        }
        writable = true;
    }
}
