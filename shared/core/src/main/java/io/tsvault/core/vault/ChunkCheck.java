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
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey.OfChunk;
import io.tsvault.core.vault.record.ChunkRef;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
/// @param log as far as it was read
/// @param share from 0 to 1; at least one chunk, unless it is 0. What is of another length than its
///     record says is read in any case: one of the two was changed
record ChunkCheck(Vault vault, Log log, double share) {
    static final int MOST_CHUNK_BYTES = 64 << 20;
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Selector EVERYTHING = Selector.of(List.of());
    private static final double HASHES = 1L << 32;

    /// What was found.
    record Result(int chunks, int read, long samples, List<Problem> problems) {}

    private record Reading(long samples, Optional<Problem> problem) {}

    /// @param named by records: all of it has to be there
    /// @param there what is stored
    Result check(Map<String, ChunkRef> named, List<StoredObject> there) {
        List<Problem> problems = new ArrayList<>(new Missing(named, there).problems());
        Map<String, Long> sizes = new HashMap<>();
        there.forEach(object -> sizes.put(object.key(), object.bytes()));
        List<Map.Entry<String, ChunkRef>> odd = new ArrayList<>();
        List<Map.Entry<String, ChunkRef>> whole = new ArrayList<>();
        for (var chunk : named.entrySet()) {
            if (sizes.containsKey(chunk.getKey())) {
                boolean asLong = chunk.getValue().summary().bytes() == sizes.get(chunk.getKey());
                (asLong ? whole : odd).add(chunk);
            }
        }
        List<Map.Entry<String, ChunkRef>> chosen = chosen(whole);
        read(odd, problems);
        long samples = read(chosen, problems);
        return new Result(named.size(), chosen.size(), samples, problems);
    }

    /// @return the samples of those that are sound
    private long read(List<Map.Entry<String, ChunkRef>> chunks, List<Problem> problems) {
        long samples = 0;
        for (var batch : batches(chunks)) {
            for (Reading reading : vault.parallel(batch, c -> read(c.getKey(), c.getValue()))) {
                reading.problem().ifPresent(problems::add);
                samples += reading.samples();
            }
        }
        return samples;
    }

    /// Holds chunks that no record names against the hashes in their own keys.
    Result alone(List<OfChunk> chunks) {
        List<OfChunk> chosen = chunks.stream().filter(chunk -> isToday(chunk.sha256())).toList();
        List<Problem> problems =
                vault.parallel(chosen, this::wrong).stream().flatMap(Optional::stream).toList();
        return new Result(chunks.size(), chosen.size(), 0, problems);
    }

    private Optional<Problem> wrong(OfChunk chunk) {
        String key = chunk.text();
        try {
            Optional<byte[]> bytes = vault.store().read(key, 0, MOST_CHUNK_BYTES);
            return VaultCheck.problem(key, bytes, chunk.sha256());
        } catch (Permanent e) { // what else is wrong has to be found too
            return Optional.of(new Problem(key, "it cannot be read: " + e.getMessage()));
        }
    }

    private List<Map.Entry<String, ChunkRef>> chosen(List<Map.Entry<String, ChunkRef>> chunks) {
        if (chunks.isEmpty() || share == 0) {
            return List.of();
        }
        List<Map.Entry<String, ChunkRef>> chosen =
                chunks.stream().filter(chunk -> isToday(chunk.getValue().sha256())).toList();
        return chosen.isEmpty()
                ? List.of(chunks.get((int) Math.floorMod(day(), (long) chunks.size())))
                : chosen;
    }

    private long day() {
        return Duration.ofMillis(vault.surroundings().clock().millis()).toDays();
    }

    private boolean isToday(String sha256) {
        double place = Integer.parseUnsignedInt(sha256, 0, 8, 16) & 0xffff_ffffL;
        return (place / HASHES + day() * share) % 1 < share;
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

    private Reading decoded(String key, ChunkRef chunk, byte[] bytes) {
        try (ChunkReader reader = ChunkReader.open(ByteRanges.of(bytes))) {
            if (!reader.summary().equals(chunk.summary())) {
                Claim claim = new Claim(log, key, chunk.summary());
                return new Reading(0, Optional.of(claim.problem(reader.summary())));
            }
            long samples =
                    reader.windows(EVERYTHING, TimeRange.ALL, WINDOW)
                            .flatMap(window -> window.series())
                            .mapToLong(Series::size)
                            .sum();
            return new Reading(samples, Optional.empty());
        } catch (UnsupportedChunk e) {
            return new Reading(
                    0,
                    Optional.of(new Problem(key, String.valueOf(e.getMessage()), Remedy.VERSION)));
        } catch (DamagedChunk | IllegalArgumentException e) {
            return bad(key, String.valueOf(e.getMessage()));
        }
    }

    private static Reading bad(String key, String what) {
        return new Reading(0, Optional.of(new Problem(key, what)));
    }
}
