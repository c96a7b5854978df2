package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a second vault with the same id and the same bytes, or brings one up to date. The copy is
/// not written to by anyone else, until it is promoted.
///
/// At every instant the copy is a vault: the mark that it is a copy comes first, chunks before the
/// records that name them, records in their order. So a copy that was cut off is gone on with.
public final class VaultCopy {
    private static final int RECORDS_AT_ONCE = 32;

    /// What was done.
    ///
    /// @param missing keys of chunks that the vault should have and has not, or not as they were
    public record Copied(int objects, long bytes, List<String> missing) {
        /// Copies the list.
        public Copied {
            missing = List.copyOf(missing);
        }
    }

    private final Vault from;
    private final ObjectStore to;
    private final List<String> missing = new ArrayList<>();
    private int objects;
    private long bytes;

    private VaultCopy(Vault from, ObjectStore to) {
        this.from = from;
        this.to = to;
    }

    /// Copies what is not there yet.
    public static Copied copy(Vault from, ObjectStore to) {
        VaultCopy copy = new VaultCopy(from, from.surroundings().steady(to));
        copy.begin();
        from.logs().forEach(copy::log);
        return new Copied(copy.objects, copy.bytes, copy.missing);
    }

    /// What is looked at later is written earlier, also by another who copies, and by a write of
    /// ours that came late.
    private void begin() {
        boolean empty = to.list("", "", 1).isEmpty();
        byte[] vault = described();
        Optional<byte[]> there = to.read(VaultLayout.VAULT, 0, Description.MOST_BYTES);
        boolean marked = to.read(VaultLayout.REPLICA, 0, 1).isPresent();
        if (to.read(VaultLayout.PROMOTED, 0, 1).isPresent()) {
            throw refused("it was promoted, and has a history of its own since");
        }
        if (there.isPresent() && (!marked || !Head.hash(there.get()).equals(Head.hash(vault)))) {
            throw refused(marked ? "it is a copy of another vault" : "it is a vault, and no copy");
        }
        if (there.isEmpty() && !marked && !empty) {
            throw refused("it is not empty; a copy needs a place of its own");
        }
        if (!marked) {
            mark();
        }
        if (there.isEmpty()) {
            put(VaultLayout.VAULT, vault);
        }
    }

    /// What the vault says of itself, if that is still the same vault.
    private byte[] described() {
        return from.store()
                .read(VaultLayout.VAULT, 0, Description.MOST_BYTES)
                .filter(bytes -> Description.read(bytes).id().equals(from.id()))
                .orElseThrow(
                        () ->
                                new DamagedVault(
                                        VaultLayout.VAULT,
                                        "it was the vault %s, and is gone or another"
                                                .formatted(from.id())));
    }

    /// Another who copies may have done so just now.
    private void mark() {
        byte[] mark = new Description(from.id()).toBytes(from.surroundings());
        if (to.create(VaultLayout.REPLICA, mark) == ObjectStore.Creation.CREATED) {
            count(mark);
        }
    }

    private Permanent refused(String why) {
        return new Permanent(
                "%s cannot become a copy of %s: %s. Nothing was changed"
                        .formatted(to.location(), from.location(), why));
    }

    private void log(LogName name) {
        Log log = from.log(name);
        long copied = Lists.newest(to, name);
        requireSameHistory(log, copied);
        missingThere(log).forEach(this::object);
        for (long seq = copied + 1; seq <= log.head().seq(); seq += RECORDS_AT_ONCE) {
            records(log, seq, Math.min(log.head().seq(), seq + RECORDS_AT_ONCE - 1));
        }
    }

    private void requireSameHistory(Log log, long copied) {
        if (copied == 0) {
            return;
        }
        String key = VaultLayout.record(log.name(), copied);
        byte[] there = to.read(key, 0, Entry.MOST_BYTES).orElse(new byte[0]);
        if (copied > log.head().seq() || !log.hash(copied).equals(Head.hash(there))) {
            throw refused("its " + key + " is another one");
        }
    }

    /// What the copy does not have of the chunks and pages, each with its hash.
    private Map<String, String> missingThere(Log log) {
        Map<String, String> missingThere = log.named();
        for (String folder :
                List.of(VaultLayout.pages(log.name()), VaultLayout.chunks(log.name()))) {
            Lists.all(to, folder).forEach(there -> missingThere.remove(there.key()));
        }
        return missingThere;
    }

    private void object(String key, String sha256) {
        Optional<byte[]> found =
                from.store()
                        .read(key, 0, VaultCheck.MOST_CHUNK_BYTES)
                        .filter(read -> Head.hash(read).equals(sha256));
        found.ifPresentOrElse(read -> put(key, read), () -> missing.add(key));
    }

    private void records(Log log, long first, long last) {
        long seq = first;
        for (byte[] record : log.known(first, last)) {
            put(VaultLayout.record(log.name(), seq++), record);
        }
    }

    /// Whatever was promoted while this copied has a history of its own: a further record of ours
    /// would not follow on it.
    private void put(String key, byte[] content) {
        if (to.create(key, content) == ObjectStore.Creation.ALREADY_THERE) {
            throw new Permanent(
                    "%s stopped being a copy of %s while it was made: its %s is another one. Was it"
                                    .formatted(to.location(), from.location(), key)
                            + " promoted? Then it is whole, and goes its own way; copy to another"
                            + " place");
        }
        count(content);
    }

    private void count(byte[] content) {
        objects++;
        bytes += content.length;
    }
}
