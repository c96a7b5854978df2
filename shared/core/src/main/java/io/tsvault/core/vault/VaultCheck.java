package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// Holds what is stored against the logs: every record, every page, every chunk. What cannot be
/// read is a problem, and hides no other.
public final class VaultCheck {
    static final int MOST_CHUNK_BYTES = ChunkCheck.MOST_CHUNK_BYTES;

    /// Something is not as it was written.
    ///
    /// @param key of the object
    public record Problem(String key, String what) {
        /// Why a log cannot be read to its end.
        public static Problem of(LogName log, RuntimeException why) {
            return why instanceof DamagedVault damaged
                    ? new Problem(damaged.key(), damaged.what())
                    : new Problem(
                            VaultLayout.records(log), "it cannot be read: " + why.getMessage());
        }
    }

    /// What was found of a stream.
    ///
    /// @param head empty when the log could not be read to its end
    /// @param chunks that records name; all of them are there, but for the problems
    /// @param read how many of them were read and decoded
    /// @param orphans what is stored, and no record names: left over by a run that was cut off
    /// @param unsettled how many chunks of slices that nothing has settled no record names
    /// @param foreign keys of objects that tsvault did not make
    public record Report(
            LogName log,
            Optional<Head> head,
            int chunks,
            int read,
            long samples,
            List<StoredObject> orphans,
            int unsettled,
            List<String> foreign,
            List<Problem> problems) {
        /// Copies the lists.
        public Report {
            orphans = List.copyOf(orphans);
            foreign = List.copyOf(foreign);
            problems = List.copyOf(problems);
        }
    }

    /// What was found beside the streams.
    ///
    /// @param logs how many there are: of what is configured, and of what was restored
    /// @param foreign keys of objects that are no part of a vault; folders end with `/`
    public record Others(int logs, List<String> foreign, List<Problem> problems) {
        /// Copies the lists.
        public Others {
            foreign = List.copyOf(foreign);
            problems = List.copyOf(problems);
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

    /// Reads, and changes nothing.
    ///
    /// @throws io.tsvault.core.failure.Transient when the store does not answer: that is no damage
    public Report check(String stream) {
        LogName name = LogName.ofStream(stream);
        try {
            StreamLog log = vault.stream(stream);
            whole.add(log.log());
            return check(log);
        } catch (DamagedVault | UnsupportedVault | Permanent e) {
            List<Problem> problems = List.of(Problem.of(name, e));
            return new Report(name, Optional.empty(), 0, 0, 0, List.of(), 0, List.of(), problems);
        }
    }

    /// Reads the logs that are not of streams, and looks for what is of no log.
    public Others checkOthers() {
        List<LogName> names = vault.otherLogs();
        List<Problem> problems = new ArrayList<>();
        for (LogName name : names) {
            try {
                Log log = vault.log(name);
                whole.add(log);
                problems.addAll(recordProblems(log));
            } catch (DamagedVault | UnsupportedVault | Permanent e) {
                problems.add(Problem.of(name, e));
            }
        }
        return new Others(names.size(), new Strangers(vault.store()).list(), problems);
    }

    /// Whose record this is the hash of, among the logs that were checked and are chains to their
    /// end. Then all before that record is as it was when somebody wrote the hash down.
    public Optional<LogName> whose(String sha256) {
        return whole.stream().filter(log -> log.hasRecord(sha256)).map(Log::name).findFirst();
    }

    private Report check(StreamLog log) {
        StreamObjects objects = log.objects();
        List<Problem> problems = new ArrayList<>(recordProblems(log.log()));
        problems.addAll(pageProblems(log.log()));
        List<StoredObject> there = objects.list();
        ChunkCheck.Result chunks = new ChunkCheck(vault, log, share).check(there);
        problems.addAll(chunks.problems());
        List<StoredObject> orphans =
                there.stream().filter(object -> !objects.isNamed(object.key())).toList();
        Optional<Problem> lostEnd = objects.lostEnd(there);
        lostEnd.ifPresent(problems::add);
        return new Report(
                log.name(),
                Optional.of(log.head()),
                chunks.chunks(),
                chunks.read(),
                chunks.samples(),
                lostEnd.isPresent() ? List.of() : orphans, // nobody is to take them for garbage
                objects.unsettled(orphans).size(),
                objects.foreign(),
                problems);
    }

    /// The chain was read, and so the hash of each record is known.
    private List<Problem> recordProblems(Log log) {
        List<Long> seqs = LongStream.rangeClosed(1, log.head().seq()).boxed().toList();
        return flat(
                vault.parallel(
                        seqs,
                        seq -> {
                            String key = VaultLayout.record(log.name(), seq);
                            return wrong(key, log.hash(seq), Entry.MOST_BYTES);
                        }));
    }

    private List<Problem> pageProblems(Log log) {
        return flat(
                vault.parallel(
                        log.pages(),
                        (Page page) ->
                                wrong(
                                                VaultLayout.page(log.name(), page),
                                                page.sha256(),
                                                Pages.MOST_BYTES)
                                        .map(VaultCheck::harmless)));
    }

    private static Problem harmless(Problem page) {
        return new Problem(
                page.key(),
                page.what() + "; no data is lost by it: each record is there by itself");
    }

    private static List<Problem> flat(List<Optional<Problem>> problems) {
        return problems.stream().flatMap(Optional::stream).toList();
    }

    /// What is too large is read as far as it may go: its hash is another one anyway.
    private Optional<Problem> wrong(String key, String sha256, int mostBytes) {
        try {
            return problem(key, vault.store().read(key, 0, mostBytes), sha256);
        } catch (Permanent e) { // what else is wrong has to be found too
            return Optional.of(new Problem(key, "it cannot be read: " + e.getMessage()));
        }
    }

    static Optional<Problem> problem(String key, Optional<byte[]> bytes, String sha256) {
        if (bytes.isEmpty()) {
            return Optional.of(new Problem(key, "missing"));
        }
        return Head.hash(bytes.get()).equals(sha256)
                ? Optional.empty()
                : Optional.of(new Problem(key, "its bytes were changed"));
    }
}
