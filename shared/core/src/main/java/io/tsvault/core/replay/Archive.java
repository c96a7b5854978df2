package io.tsvault.core.replay;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.ChunkRef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What a stream had at one moment, for reading window by window.
public final class Archive {
    private final StreamLog log;
    private final List<Kept> slices;
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /// What was asked of the store.
    ///
    /// @param requests for ranges of chunks
    public record Traffic(long requests, long bytes) {
        /// Both.
        public Traffic plus(Traffic other) {
            return new Traffic(requests + other.requests, bytes + other.bytes);
        }
    }

    /// A slice, and the revision of it that counts.
    public record Kept(TimeRange slice, Revision revision) {}

    private Archive(StreamLog log, List<Kept> slices) {
        this.log = log;
        this.slices = List.copyOf(slices);
    }

    /// What `log` holds.
    ///
    /// @param range only slices that reach into it
    /// @param asOf what was recorded later does not count
    public static Archive of(StreamLog log, TimeRange range, Instant asOf) {
        List<Kept> kept = new ArrayList<>();
        for (Settled settled : log.state().slices()) {
            if (settled.slice().meets(range)) {
                newest(settled, asOf)
                        .filter(revision -> !revision.chunks().isEmpty())
                        .ifPresent(revision -> kept.add(new Kept(settled.slice(), revision)));
            }
        }
        kept.sort(Comparator.comparingLong(one -> one.slice().startMs()));
        return new Archive(log, kept);
    }

    private static Optional<Revision> newest(Settled settled, Instant asOf) {
        return settled.revisions().stream()
                .filter(revision -> revision.writtenMs() <= asOf.toEpochMilli())
                .reduce((_, later) -> later);
    }

    /// The slices, in the order of time.
    public List<Kept> slices() {
        return slices;
    }

    /// How many samples the records tell of.
    public long samples() {
        return slices.stream()
                .flatMap(kept -> kept.revision().chunks().stream())
                .mapToLong(chunk -> chunk.summary().samples())
                .sum();
    }

    /// Opens a stretch of time that lies in one window of chunks.
    public Section open(TimeRange window) {
        List<ChunkReader> chunks = new ArrayList<>();
        try {
            for (Kept kept : slices) {
                if (kept.slice().meets(window)) {
                    for (ChunkRef chunk : kept.revision().chunks()) {
                        chunks.add(ChunkReader.open(metered(kept, chunk)));
                    }
                }
            }
            return new Section(chunks, window);
        } catch (RuntimeException | Error e) {
            chunks.forEach(ChunkReader::close);
            throw e;
        }
    }

    private ByteRanges metered(Kept kept, ChunkRef chunk) {
        return new Metered(log.open(kept.slice(), chunk), requests, bytes);
    }

    /// What was read of it up to now.
    public Traffic traffic() {
        return new Traffic(requests.sum(), bytes.sum());
    }

    /// A stretch of time, to be read as often as need be.
    public record Section(List<ChunkReader> chunks, TimeRange range) implements AutoCloseable {
        /// Copies the list.
        public Section {
            chunks = List.copyOf(chunks);
        }

        /// The series, in label order.
        public Iterator<Series> series(Selector selector) {
            return ChunkReader.merged(chunks, selector, range);
        }

        /// What is known of the metrics in it.
        public List<Metadata> metadata() {
            return chunks.stream().flatMap(chunk -> chunk.metadata().stream()).toList();
        }

        @Override
        public void close() {
            chunks.forEach(ChunkReader::close);
        }
    }
}
