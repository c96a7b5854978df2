package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.ObjectStore.Creation;
import io.tsvault.core.vault.Spares.Spare;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Brings back what a vault has lost: from another one with the same id and the same history, and
/// of what else is here ([Spares]); for that, a vault is its own other.
///
/// What was lost is what the records of this vault name. What it has let go of stays gone, though
/// the other may still have it.
public final class VaultRepair {
    /// Something that is not as it belongs.
    ///
    /// @param sha256 that the log demands
    /// @param missing nothing is there; else other bytes are
    /// @param source where the right bytes are; empty when they are lost
    public record Mend(String key, String sha256, boolean missing, Optional<String> source) {}

    /// A log that the other goes on with. Nobody can tell whether this vault has lost that, or
    /// never had it; up to there, both have the same.
    ///
    /// @param here the number up to which this vault has it, or will
    /// @param there up to which the other has it
    public record Further(LogName log, long here, long there) {}

    private final Vault vault;
    private final Vault other;
    private final Optional<Mend> description;
    private final boolean newer;

    /// The logs, as they were planned.
    private final List<LogRepair> logs = new ArrayList<>();

    /// Also where `vault.json` is damaged or gone, and the vault cannot be opened: when the records
    /// that are there say whose they are.
    ///
    /// @param other has what is lost
    /// @throws Permanent when it is another vault
    public static VaultRepair of(ObjectStore store, Vault other) {
        Optional<Mend> lost = Undescribed.of(store, other.surroundings()).mend(other);
        Vault vault =
                lost.isPresent()
                        ? Vault.describedBy(other.described(), store, other.surroundings())
                        : Vault.open(store, other.surroundings());
        return new VaultRepair(vault, other, lost, false);
    }

    /// The same by nothing but what is here: records make pages, and say which vault they are of.
    public static VaultRepair alone(ObjectStore store, Surroundings surroundings) {
        Optional<Vault> undescribed = Undescribed.of(store, surroundings).alone();
        Vault vault = undescribed.orElseGet(() -> Vault.open(store, surroundings));
        Optional<Mend> lost = undescribed.flatMap(it -> new Undescribed(it).mend(it));
        return new VaultRepair(vault, vault, lost, false);
    }

    /// @param other has what is lost; the vault itself has its records, of which pages can be made
    /// @throws Permanent when it is another vault
    public VaultRepair(Vault vault, Vault other) {
        this(vault, other, Optional.empty(), false);
    }

    private VaultRepair(Vault vault, Vault other, Optional<Mend> description, boolean newer) {
        if (!vault.id().equals(other.id())) {
            throw new Permanent(
                    "%s is the vault %s, %s is %s: only a copy can help; nothing was changed"
                            .formatted(vault.location(), vault.id(), other.location(), other.id()));
        }
        this.vault = vault;
        this.other = other;
        this.description = description;
        this.newer = newer;
    }

    /// The same, which also takes what the other has beyond the ends of the logs here.
    public VaultRepair takingNewer() {
        return new VaultRepair(vault, other, description, true);
    }

    /// What is lost here, and what of it comes back; changes nothing.
    public List<Mend> plan() {
        logs.clear();
        List<Mend> mends = new ArrayList<>(description.stream().toList());
        for (LogName name : other.logs()) {
            LogRepair log = new LogRepair(vault, other, name, newer);
            logs.add(log);
            mends.addAll(log.plan());
        }
        return mends;
    }

    /// The logs that the other has and that cannot be read there to their ends: what they named
    /// behind that is not in the plan.
    public List<Problem> unread() {
        return logs.stream().flatMap(log -> log.broken().stream()).toList();
    }

    /// What will keep logs from being whole, when all that has a source is back.
    public List<Problem> left() {
        return logs.stream().flatMap(log -> log.left().stream()).toList();
    }

    /// What the other has of logs beyond their ends here, and is not taken.
    public List<Further> further() {
        return logs.stream().flatMap(log -> log.further().stream()).toList();
    }

    /// The keys of records that make way: tries that failed, after the end of a log was lost.
    public List<String> aside() {
        return logs.stream().flatMap(log -> log.aside().keys().stream()).toList();
    }

    /// How many slices of these logs have chunks, and no record: even when all that has a source is
    /// back, records may be lost. One such slice is what a run leaves that was cut off.
    public Map<LogName, Integer> captured() {
        Map<LogName, Integer> captured = new LinkedHashMap<>();
        logs.stream()
                .filter(log -> log.captured() > 1)
                .forEach(log -> captured.put(log.name(), log.captured()));
        return captured;
    }

    /// Puts back what was planned, unless it is back already, or this vault has let go of it since.
    ///
    /// @param mends of the plan that this has made last
    /// @return what is lost, and what keeps a log from being whole all the same
    public List<Problem> mend(List<Mend> mends) {
        List<Problem> lost = new ArrayList<>();
        description.flatMap(this::putBack).ifPresent(lost::add);
        vault.requireKept();
        Set<String> letGo =
                logs.stream().flatMap(log -> log.letGo().stream()).collect(Collectors.toSet());
        logs.forEach(log -> log.aside().remove());
        for (Mend planned : mends) {
            if (!letGo.contains(planned.key())) {
                putBack(planned).ifPresent(lost::add);
            }
        }
        if (lost.isEmpty()) {
            logs.forEach(log -> damage(log.name()).ifPresent(lost::add));
        }
        return lost;
    }

    private Optional<Problem> damage(LogName name) {
        Log log = new Log(vault, name);
        return log.salvage()
                .map(
                        problem ->
                                new Problem(
                                        problem.key(),
                                        "%s; %s has nothing in its place. If tsvault did not write it, move it"
                                                        .formatted(problem.what(), other.location())
                                                + " away",
                                        Remedy.STRAY))
                .or(() -> new Remains(vault, log).lostEnd());
    }

    /// The others can be mended all the same.
    private Optional<Problem> putBack(Mend mend) {
        Optional<byte[]> there = vault.store().read(mend.key(), 0, VaultCheck.MOST_CHUNK_BYTES);
        if (there.filter(bytes -> Head.hash(bytes).equals(mend.sha256())).isPresent()) {
            return Optional.empty();
        }
        Optional<Spare> spare = spare(mend);
        if (spare.isEmpty()) {
            return Optional.of(new Problem(mend.key(), lost()));
        }
        if (there.isPresent()) {
            vault.store().delete(mend.key());
        }
        if (vault.store().create(mend.key(), spare.get().bytes) == Creation.ALREADY_THERE) {
            throw new Transient(
                    "%s%s: other bytes came there while it was mended; plan again"
                            .formatted(vault.location(), mend.key()));
        }
        return Optional.empty();
    }

    private Optional<Spare> spare(Mend mend) {
        return logs.stream()
                .filter(log -> mend.key().startsWith(log.name().path() + "/"))
                .findFirst()
                .flatMap(log -> log.find(mend.key(), mend.sha256()))
                .or(() -> Spares.in(other, mend.key(), mend.sha256()))
                .or(() -> Spares.described(other, mend.sha256()));
    }

    private String lost() {
        return vault == other
                ? "lost, and nothing else here holds it"
                : "lost in %s too".formatted(other.location());
    }
}
