package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds what is stored against the logs: every record, every page, every chunk. What cannot be
/// read is a problem, and hides no other.
public final class VaultCheck {
    static final int MOST_CHUNK_BYTES = ChunkCheck.MOST_CHUNK_BYTES;

    static final String MISSING = "missing";

    /// What helps.
    public enum Remedy {
        /// Another vault with the same bytes has it.
        COPY,
        /// It can be made anew of what is here.
        REBUILD,
        /// The copy is not finished: the vault of which it is one has it.
        COPY_AGAIN,
        /// A copy has what belongs there, or nothing does: somebody put it there.
        STRAY,
        /// It is no object, and hides what belongs there, if anything does.
        AWAY,
        /// All that it takes is here.
        RENAMED,
        /// Another version of tsvault, which wrote it, can read it: it is not known to be damaged.
        VERSION;

        /// Why a copy has less than it should; nobody can tell the one from the other.
        static final String UNFINISHED =
                "this copy is not finished yet, or has lost records: copy again first";
    }

    /// Something is not as it was written, or cannot be read.
    ///
    /// @param key of the object
    public record Problem(String key, String what, Remedy remedy) {
        /// Something that only a copy still has.
        public Problem(String key, String what) {
            this(key, what, Remedy.COPY);
        }

        /// Is this no damage, for all that is known?
        public boolean isOdd() {
            return remedy == Remedy.VERSION;
        }

        /// Why a log cannot be read to its end.
        public static Problem of(LogName log, RuntimeException why) {
            return of(ObjectKey.records(log), why);
        }

        /// @param key of what was read, if it is not told why it could not be
        static Problem of(String key, RuntimeException why) {
            return switch (why) {
                case DamagedVault damaged -> new Problem(damaged.key(), damaged.what());
                case UnsupportedVault odd -> new Problem(odd.key(), odd.what(), Remedy.VERSION);
                default -> new Problem(key, "it cannot be read: " + why.getMessage());
            };
        }
    }

    /// What was found of a stream.
    ///
    /// @param head empty when the log could not be read to its end
    /// @param chunks that records name; all of them are there, but for the problems
    /// @param read how many of them were read and decoded
    /// @param unproven how many further ones no record names that can be read: in a log that is
    ///     broken, these are held against the hashes in their own keys, and nothing else
    /// @param orphans what is stored, and no record names: left over by a run that was cut off
    /// @param unsettled how many chunks of slices that nothing has settled no record names
    /// @param captured how many slices these are of
    /// @param foreign keys of objects that tsvault did not make
    public record Report(
            LogName log,
            Optional<Head> head,
            int chunks,
            int read,
            int unproven,
            long samples,
            List<StoredObject> orphans,
            int unsettled,
            int captured,
            List<String> foreign,
            List<Problem> problems) {
        /// Copies the lists.
        public Report {
            orphans = List.copyOf(orphans);
            foreign = List.copyOf(foreign);
            problems = List.copyOf(problems);
        }

        /// May records be lost, though nothing proves it? A run that is cut off leaves one slice
        /// without its record, and the next run keeps that slice first.
        public boolean isDoubtful() {
            return captured > 1;
        }
    }

    /// A stream that is registered, and of which nothing is here: it was never backed up, or is
    /// lost.
    ///
    /// @param isLate is it so long since, that somebody has to look?
    public record Absent(String stream, Instant since, boolean isLate) {}

    /// What was found beside the streams.
    ///
    /// @param logs how many there are: of what is configured, and of what was restored
    /// @param absent streams that have no record
    /// @param unregistered streams that have records, and nothing that says how they were had
    /// @param foreign keys of objects that are no part of a vault; folders end with `/`
    public record Others(
            int logs,
            List<Absent> absent,
            List<String> unregistered,
            List<String> foreign,
            List<Problem> problems) {
        /// Copies the lists.
        public Others {
            absent = List.copyOf(absent);
            unregistered = List.copyOf(unregistered);
            foreign = List.copyOf(foreign);
            problems = List.copyOf(problems);
        }
    }

    /// How far a log has come.
    public record Reached(LogName name, Head head) {}

    /// A copy whose logs are sound, as far as they are here.
    ///
    /// @param doubts what says that the vault of which it is one had more, or may have had
    public record Promotable(List<Reached> logs, List<Problem> doubts) {
        /// Copies the lists.
        public Promotable {
            logs = List.copyOf(logs);
            doubts = List.copyOf(doubts);
        }
    }

    private final Vault vault;
    private final double share;
    private final List<Log> whole = new ArrayList<>();

    /// @param share of the chunks that are read, from 0 to 1: each day others, until all were
    public VaultCheck(Vault vault, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
        }
        this.vault = vault;
        this.share = share;
    }

    /// All is held against the id that `vault.json` says: it must be that of a record, at least.
    ///
    /// @throws DamagedVault when all records are of another vault
    public void requireDescribed() {
        List<String> ids = new Undescribed(vault).ids();
        if (!ids.isEmpty() && !ids.contains(vault.id())) {
            throw new DamagedVault(
                    Mark.VAULT.text(),
                    "it says that this is the vault %s, and all records are of %s"
                            .formatted(vault.id(), String.join(" and ", ids)));
        }
    }

    /// Reads, and changes nothing.
    ///
    /// @throws io.tsvault.core.failure.Transient when the store does not answer: that is no damage
    public Report check(String stream) {
        Log log = new Log(vault, LogName.ofStream(stream));
        Optional<Problem> broken = log.salvage();
        if (broken.isEmpty()) {
            whole.add(log);
        }
        return new StreamCheck(vault, new StreamLog(vault, log), share).check(broken);
    }

    /// Reads the logs that are not of streams, and looks for what is of no log.
    public Others checkOthers() {
        List<LogName> names = vault.otherLogs();
        List<Problem> problems = new ArrayList<>();
        for (LogName name : names) {
            try {
                Log log = vault.log(name);
                whole.add(log);
                problems.addAll(new Written(vault, log).records());
                problems.addAll(new Written(vault, log).files());
                new Remains(vault, log).lostEnd().ifPresent(problems::add);
            } catch (DamagedVault | UnsupportedVault | Permanent e) {
                problems.add(Problem.of(name, e));
            }
        }
        vault.marks().problem().ifPresent(problems::add);
        Registered registered = Registered.in(vault);
        problems.addAll(registered.lostSources());
        List<String> foreign = new Strangers(vault.store()).list();
        problems.addAll(Strangers.links(vault, foreign));
        return new Others(
                names.size(),
                registered.absent(),
                unregistered(),
                foreign,
                problems.stream().distinct().toList());
    }

    /// Looks at nothing but what the vault says of itself.
    public Others checkMarks() {
        List<Problem> problems = vault.marks().problem().stream().toList();
        return new Others(0, List.of(), List.of(), List.of(), problems);
    }

    private List<String> unregistered() {
        List<String> streams = new ArrayList<>(vault.streams());
        streams.removeAll(vault.configured("streams"));
        return streams;
    }

    /// What this copy has, and what it may lack.
    ///
    /// @throws Permanent when it is no copy
    /// @throws DamagedVault when a log cannot be read, or is not all there
    public Promotable promotable() {
        vault.requireCopy();
        CopyDoubts doubts =
                CopyDoubts.of(vault); // what comes from here on is of another who copies
        List<Reached> logs = new ArrayList<>();
        vault.logs().forEach(name -> logs.add(new Reached(name, vault.head(name))));
        return new Promotable(logs, doubts.list(logs));
    }

    /// Whose record this is the hash of, among the logs that were checked and are chains to their
    /// end. Then all before that record is as it was when somebody wrote the hash down.
    public Optional<LogName> whose(String sha256) {
        return whole.stream().filter(log -> log.hasRecord(sha256)).map(Log::name).findFirst();
    }

    static Optional<Problem> problem(String key, Optional<byte[]> bytes, String sha256) {
        if (bytes.isEmpty()) {
            return Optional.of(new Problem(key, MISSING));
        }
        return Head.hash(bytes.get()).equals(sha256)
                ? Optional.empty()
                : Optional.of(new Problem(key, "its bytes were changed"));
    }
}
