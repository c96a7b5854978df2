package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.chunk.UnsupportedChunk;
import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Entry;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.Head;
import io.tsvault.core.vault.record.LogName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// Holds what is stored for a stream against its log: every record, every page, every chunk.
public final class VaultCheck {
    static final int MOST_CHUNK_BYTES = 64 << 20;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Selector EVERYTHING = Selector.of(List.of());

    /// Something is not as it was written.
    ///
    /// @param key of the object
    public record Problem(String key, String what) {}

    /// What was found.
    ///
    /// @param head empty when the log could not be read to its end
    /// @param chunks that records name
    /// @param read how many of them were read and decoded
    /// @param orphans what is stored, and no record names: left over by a run that was cut off
    /// @param foreign keys of objects that tsvault did not make
    public record Report(
            LogName log,
            Optional<Head> head,
            int chunks,
            int read,
            long samples,
            List<StoredObject> orphans,
            List<String> foreign,
            List<Problem> problems) {
        /// Copies the lists.
        public Report {
            orphans = List.copyOf(orphans);
            foreign = List.copyOf(foreign);
            problems = List.copyOf(problems);
        }
    }

    /// What reading one chunk gave.
    private record Reading(long samples, Optional<Problem> problem) {}

    private final Vault vault;
    private final double share;

    /// @param share of the chunks that are read, from 0 to 1; each is as likely as the others
    public VaultCheck(Vault vault, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, not " + share);
        }
        this.vault = vault;
        this.share = share;
    }

    /// Reads, and changes nothing.
    public Report check(String stream) {
        LogName name = LogName.ofStream(stream);
        try {
            return check(vault.stream(stream));
        } catch (DamagedVault e) {
            List<Problem> problems = List.of(new Problem(e.key(), String.valueOf(e.getMessage())));
            return new Report(name, Optional.empty(), 0, 0, 0, List.of(), List.of(), problems);
        }
    }

    /// Reads the logs that are not of streams: what is configured, and what was restored.
    public List<Problem> checkOthers() {
        List<Problem> problems = new ArrayList<>();
        for (LogName name : vault.otherLogs()) {
            try {
                problems.addAll(recordProblems(vault.log(name)));
            } catch (DamagedVault e) {
                problems.add(new Problem(e.key(), String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }

    private Report check(StreamLog log) {
        StreamObjects objects = log.objects();
        List<Problem> problems = new ArrayList<>(recordProblems(log.log()));
        problems.addAll(pageProblems(log.log()));
        List<Map.Entry<String, ChunkRef>> chunks = List.copyOf(log.state().liveChunks().entrySet());
        List<Map.Entry<String, ChunkRef>> chosen =
                chunks.stream()
                        .filter(_ -> vault.surroundings().random().nextDouble() < share)
                        .toList();
        List<Reading> readings = new ArrayList<>();
        for (var batch : batches(chosen)) {
            readings.addAll(vault.parallel(batch, chunk -> read(chunk.getKey(), chunk.getValue())));
        }
        readings.forEach(reading -> reading.problem().ifPresent(problems::add));
        List<StoredObject> orphans =
                objects.list().stream().filter(object -> !objects.isNamed(object.key())).toList();
        if (hasLostItsLog(log, orphans)) {
            problems.add(
                    new Problem(
                            VaultLayout.records(log.name()),
                            "the log is gone, and %,d objects that it named are still here"
                                    .formatted(orphans.size())));
            orphans = List.of(); // nobody is to take them for garbage
        }
        return new Report(
                log.name(),
                Optional.of(log.head()),
                chunks.size(),
                chosen.size(),
                readings.stream().mapToLong(Reading::samples).sum(),
                orphans,
                objects.foreign(),
                problems);
    }

    /// Before its first record a stream has chunks of one slice at most, but for a copy that is
    /// still being made.
    private boolean hasLostItsLog(StreamLog log, List<StoredObject> orphans) {
        if (log.head().seq() > 0 || vault.isCopy()) {
            return false;
        }
        long folders =
                orphans.stream()
                        .map(object -> object.key().substring(0, object.key().lastIndexOf('/')))
                        .distinct()
                        .count();
        return folders > 1;
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
                                        Pages.MOST_BYTES)));
    }

    private static List<Problem> flat(List<Optional<Problem>> problems) {
        return problems.stream().flatMap(Optional::stream).toList();
    }

    private Optional<Problem> wrong(String key, String sha256, int mostBytes) {
        return problem(key, bytes(key, mostBytes), sha256);
    }

    private static Optional<Problem> problem(String key, Optional<byte[]> bytes, String sha256) {
        if (bytes.isEmpty()) {
            return Optional.of(new Problem(key, "missing"));
        }
        return Head.hash(bytes.get()).equals(sha256)
                ? Optional.empty()
                : Optional.of(new Problem(key, "its bytes were changed"));
    }

    /// What is too large is read as far as it may go: its hash is another one anyway.
    private Optional<byte[]> bytes(String key, int mostBytes) {
        return vault.store().read(key, 0, mostBytes);
    }

    /// As many at once as fit into memory.
    private static List<List<Map.Entry<String, ChunkRef>>> batches(
            List<Map.Entry<String, ChunkRef>> chunks) {
        List<List<Map.Entry<String, ChunkRef>>> batches = new ArrayList<>();
        long bytes = 0;
        for (var chunk : chunks) {
            bytes += chunk.getValue().summary().bytes();
            if (batches.isEmpty() || bytes > MOST_CHUNK_BYTES) {
                batches.add(new ArrayList<>());
                bytes = chunk.getValue().summary().bytes();
            }
            batches.getLast().add(chunk);
        }
        return batches;
    }

    private Reading read(String key, ChunkRef chunk) {
        try {
            return readIt(key, chunk);
        } catch (Permanent | Transient e) { // what else is wrong has to be found too
            return bad(key, "it cannot be read: " + e.getMessage());
        }
    }

    private Reading readIt(String key, ChunkRef chunk) {
        Optional<byte[]> bytes = bytes(key, MOST_CHUNK_BYTES);
        Optional<Problem> problem = problem(key, bytes, chunk.sha256());
        return problem.isPresent()
                ? new Reading(0, problem)
                : decoded(key, chunk, bytes.orElseThrow());
    }

    private static Reading decoded(String key, ChunkRef chunk, byte[] bytes) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(bytes))) {
            if (!reader.summary().equals(chunk.summary())) {
                return bad(
                        key,
                        "it has %s, its record says %s"
                                .formatted(reader.summary(), chunk.summary()));
            }
            long samples =
                    reader.windows(EVERYTHING, TimeRange.ALL, WINDOW)
                            .flatMap(window -> window.series())
                            .mapToLong(Series::size)
                            .sum();
            return new Reading(samples, Optional.empty());
        } catch (DamagedChunk | UnsupportedChunk | IllegalArgumentException e) {
            return bad(key, String.valueOf(e.getMessage()));
        }
    }

    private static Reading bad(String key, String what) {
        return new Reading(0, Optional.of(new Problem(key, what)));
    }
}
