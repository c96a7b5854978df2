package io.tsvault.core.vault;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.DamagedChunk;
import io.tsvault.core.chunk.UnsupportedChunk;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.record.ChunkRef;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Holds the chunks of a stream against its records: all, whether they are there; the bytes of a
/// share.
///
/// The share moves from day to day, so that a share of 1 % is all of them in 100 days:
///
/// ```text
///   SHA-256 of a chunk   0 ────────────────────────── 1
///   read on one day            ├──┤
///   read on the next        ├──┤
/// ```
///
/// @param share from 0 to 1; at least one chunk, unless it is 0
record ChunkCheck(Vault vault, StreamLog log, double share) {
    static final int MOST_CHUNK_BYTES = 64 << 20;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Selector EVERYTHING = Selector.of(List.of());
    private static final double HASHES = 1L << 32;

    /// What was found.
    record Result(int chunks, int read, long samples, List<Problem> problems) {}

    private record Reading(long samples, Optional<Problem> problem) {}

    /// @param there what is stored
    Result check(List<StoredObject> there) {
        Map<String, StoredObject> stored =
                there.stream().collect(Collectors.toMap(StoredObject::key, Function.identity()));
        List<Problem> problems = new ArrayList<>();
        List<Map.Entry<String, ChunkRef>> whole = new ArrayList<>();
        var chunks = log.state().liveChunks().entrySet();
        for (var chunk : chunks) {
            Optional<StoredObject> object = Optional.ofNullable(stored.get(chunk.getKey()));
            absence(chunk, object).ifPresentOrElse(problems::add, () -> whole.add(chunk));
        }
        List<Map.Entry<String, ChunkRef>> chosen = chosen(whole);
        long samples = 0;
        for (var batch : batches(chosen)) {
            for (Reading reading : vault.parallel(batch, c -> read(c.getKey(), c.getValue()))) {
                reading.problem().ifPresent(problems::add);
                samples += reading.samples();
            }
        }
        return new Result(chunks.size(), chosen.size(), samples, stillNamed(problems));
    }

    private static Optional<Problem> absence(
            Map.Entry<String, ChunkRef> chunk, Optional<StoredObject> there) {
        if (there.isEmpty()) {
            return Optional.of(new Problem(chunk.getKey(), "missing"));
        }
        long bytes = chunk.getValue().summary().bytes();
        return there.get().bytes() == bytes
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                chunk.getKey(),
                                "its bytes were changed: there are %,d of %,d"
                                        .formatted(there.get().bytes(), bytes)));
    }

    /// What was let go of meanwhile is no damage.
    private List<Problem> stillNamed(List<Problem> problems) {
        if (problems.isEmpty()) {
            return problems;
        }
        log.refresh();
        StreamObjects objects = log.objects();
        return problems.stream().filter(problem -> objects.isNamed(problem.key())).toList();
    }

    private List<Map.Entry<String, ChunkRef>> chosen(List<Map.Entry<String, ChunkRef>> chunks) {
        if (chunks.isEmpty() || share == 0) {
            return List.of();
        }
        long day = Duration.ofMillis(vault.surroundings().clock().millis()).toDays();
        List<Map.Entry<String, ChunkRef>> chosen =
                chunks.stream().filter(chunk -> isOf(day, chunk.getValue())).toList();
        return chosen.isEmpty()
                ? List.of(chunks.get((int) Math.floorMod(day, (long) chunks.size())))
                : chosen;
    }

    private boolean isOf(long day, ChunkRef chunk) {
        double place = Integer.parseUnsignedInt(chunk.sha256(), 0, 8, 16) & 0xffff_ffffL;
        return (place / HASHES + day * share) % 1 < share;
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
        } catch (Permanent e) { // what else is wrong has to be found too
            return bad(key, "it cannot be read: " + e.getMessage());
        }
    }

    private Reading readIt(String key, ChunkRef chunk) {
        Optional<byte[]> bytes = vault.store().read(key, 0, MOST_CHUNK_BYTES);
        Optional<Problem> problem = VaultCheck.problem(key, bytes, chunk.sha256());
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
