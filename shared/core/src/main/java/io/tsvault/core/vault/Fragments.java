package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.SweepPlan;
import io.tsvault.core.vault.record.Event.WithChunks;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The records behind the place where a chain breaks. Nothing proves them; but each can be read by
/// itself, and held against the one before it.
///
/// ```text
///   1 ─ 2 ─ 3 ╳ 4 ─ 5 ─ ? ─ 7      told: 4, which does not follow on 3; and 6, which is missing
/// ```
final class Fragments {
    /// More than these were never lost: some other file is called like a record.
    private static final long MOST_LOST = 10_000_000;

    /// A record that is there.
    ///
    /// @param entry empty when it cannot be read
    private record Loose(long seq, String sha256, Optional<Entry> entry, Optional<Problem> wrong) {}

    private final Vault vault;
    private final Log log;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    /// @param log as far as it could be read
    /// @param broken why no further
    Fragments(Vault vault, Log log, Problem broken) {
        this(vault, log, broken, numbers(vault, log));
    }

    /// @param seqs the numbers of the records behind it, in order
    Fragments(Vault vault, Log log, Problem broken, List<Long> seqs) {
        this.vault = vault;
        this.log = log;
        problems.add(broken);
        Loose before = new Loose(log.head().seq(), log.head().sha256(), Optional.empty(), none());
        for (Loose next : vault.parallel(seqs, this::read)) {
            take(before, next);
            before = next;
        }
    }

    private static List<Long> numbers(Vault vault, Log log) {
        return Lists.all(vault.store(), ObjectKey.records(log.name())).stream()
                .map(object -> ObjectKey.seq(log.name(), object.key()))
                .flatMapToLong(OptionalLong::stream)
                .filter(seq -> seq > log.head().seq())
                .sorted()
                .boxed()
                .toList();
    }

    private static Optional<Problem> none() {
        return Optional.empty();
    }

    /// The first of them says why the log cannot be read to its end.
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// What the log named up to there, and what these records name, but what they let go of.
    Map<String, ChunkRef> named() {
        LogName name = log.name();
        Map<String, ChunkRef> named = new TreeMap<>();
        log.state().ifPresent(state -> named.putAll(state.liveChunks()));
        for (Entry entry : entries) {
            if (entry.event() instanceof WithChunks kept) {
                kept.chunks().forEach(c -> named.put(ObjectKey.chunk(name, kept.slice(), c), c));
            }
        }
        for (Entry entry : entries) {
            if (entry.event() instanceof SweepPlan(var keys)) {
                named.keySet().removeAll(keys);
            }
        }
        return named;
    }

    private Loose read(long seq) {
        String key = ObjectKey.record(log.name(), seq);
        try {
            byte[] bytes = vault.store().read(key, 0, Entry.MOST_BYTES).orElse(new byte[0]);
            Entry entry = Entry.read(bytes, key);
            boolean here =
                    entry.vault().equals(vault.id())
                            && entry.log().equals(log.name())
                            && entry.seq() == seq;
            return here
                    ? new Loose(seq, Head.hash(bytes), Optional.of(entry), none())
                    : wrong(seq, new Problem(key, "it is of another place"));
        } catch (DamagedVault | UnsupportedVault e) {
            return wrong(seq, Problem.of(log.name(), e));
        } catch (Permanent e) { // what else is wrong has to be found too
            return wrong(seq, new Problem(key, "it cannot be read: " + e.getMessage()));
        }
    }

    private static Loose wrong(long seq, Problem why) {
        return new Loose(seq, "", Optional.empty(), Optional.of(why));
    }

    private void take(Loose before, Loose next) {
        long lost = next.seq() - before.seq() - 1;
        if (lost > 0 && lost < MOST_LOST) {
            tell(
                    new Problem(
                            ObjectKey.record(log.name(), before.seq() + 1),
                            "missing, up to record %d".formatted(next.seq() - 1)));
        }
        next.wrong().ifPresent(this::tell);
        next.entry().ifPresent(entries::add);
        if (next.entry().isPresent() && before.entry().isPresent() && lost == 0) {
            follow(before, next.entry().get());
        }
    }

    private void follow(Loose before, Entry next) {
        if (!next.previous().equals(before.sha256())) {
            tell(
                    new Problem(
                            ObjectKey.record(log.name(), next.seq()),
                            "it does not follow the record before it: one of the two was changed"));
        }
    }

    /// Of what another version wrote, the first is enough.
    private void tell(Problem problem) {
        boolean told =
                problems.stream()
                        .anyMatch(
                                one ->
                                        one.key().equals(problem.key())
                                                || (one.isOdd() && problem.isOdd()));
        if (!told) {
            problems.add(problem);
        }
    }
}
