package io.tsvault.core.source;

import io.tsvault.core.chunk.ByteRanges;
import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkWindow;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/// Sorted series of one window that were put aside, as chunks one behind the other. On Linux their
/// file has no name from the moment it is open: nothing is left over, however the process ends.
final class Run implements Iterator<Series>, AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final Selector ALL = Selector.of(List.of());

    private final FileChannel file;
    private final Deque<Stretch> chunks = new ArrayDeque<>();
    private @Nullable ChunkReader reader;
    private Iterator<Series> series = Collections.emptyIterator();

    /// Where a chunk lies in the file.
    private record Stretch(long offset, int length) {}

    private Run(FileChannel file) {
        this.file = file;
    }

    /// Puts these aside.
    static Run of(Iterator<Series> sorted) throws IOException {
        Path path = Files.createTempFile("tsvault-run-", "");
        Run run =
                new Run(
                        FileChannel.open(
                                path,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.DELETE_ON_CLOSE));
        ChunkWriter writer = new ChunkWriter(CHUNK_BYTES, Map.of(), run::append);
        try {
            sorted.forEachRemaining(writer::add);
            writer.close();
            return run;
        } catch (UncheckedIOException e) {
            run.close();
            throw new IOException(e);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        } finally {
            writer.discard();
        }
    }

    private void append(Chunk chunk) {
        try {
            long offset = file.size();
            ByteBuffer bytes = ByteBuffer.wrap(chunk.bytes());
            while (bytes.hasRemaining()) {
                int _ = file.write(bytes, offset + bytes.position());
            }
            chunks.add(new Stretch(offset, chunk.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasNext() {
        while (!series.hasNext() && !chunks.isEmpty()) {
            closeReader();
            reader = ChunkReader.open(ranges(chunks.remove()));
            Iterator<ChunkWindow> windows =
                    reader.windows(ALL, TimeRange.ALL, Duration.ofHours(2)).iterator();
            series = windows.next().series().iterator();
        }
        return series.hasNext();
    }

    @Override
    public Series next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more series");
        }
        return series.next();
    }

    private ByteRanges ranges(Stretch chunk) {
        return new ByteRanges() {
            @Override
            public long size() {
                return chunk.length();
            }

            @Override
            public byte[] read(long offset, int length) {
                Objects.checkFromIndexSize(offset, length, chunk.length());
                return bytes(chunk.offset() + offset, length);
            }

            @Override
            public void close() {}
        };
    }

    private byte[] bytes(long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, offset + bytes.position()) < 0) {
                    throw new IOException("a file for sorting was cut");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        closeReader();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
