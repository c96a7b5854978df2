package io.tsvault.lab.proxy;

import java.io.IOException;
import java.util.List;

/// A body that comes in, freed from its framing. Holds one buffer of it.
final class Body {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Wire from;
    private final Framing framing;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    /// Of the body, or of the present chunk.
    private long left;

    private boolean inChunks;
    private boolean complete;
    private List<Head.Field> trailer = List.of();

    Body(Wire from, Framing framing) {
        this.from = from;
        this.framing = framing;
        this.left =
                switch (framing) {
                    case Framing.None() -> 0;
                    case Framing.Chunked() -> 0;
                    case Framing.Counted(long bytes) -> bytes;
                    case Framing.UntilClose() -> Long.MAX_VALUE;
                };
    }

    /// Hands on at most `limit` bytes. Is there more behind them? Reads one byte to know.
    boolean copy(long limit, Sink to) throws IOException {
        for (long open = limit; open > 0; ) {
            int read = read((int) Math.min(open, buffer.length));
            if (read < 0) {
                return false;
            }
            to.write(buffer, 0, read);
            open -= read;
        }
        return read(1) >= 0;
    }

    /// Hands on everything.
    void copy(Sink to) throws IOException {
        copy(Long.MAX_VALUE, to);
    }

    /// Reads to the end for nobody.
    void discard() throws IOException {
        copy((bytes, offset, length) -> {});
    }

    /// The fields behind the last chunk, once everything is read.
    List<Head.Field> trailer() {
        return trailer;
    }

    private int read(int max) throws Broken {
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int read = from.read(buffer, (int) Math.min(max, left));
        if (read < 0) {
            if (framing instanceof Framing.UntilClose) {
                left = 0;
                return -1;
            }
            throw from.ended("inside a body");
        }
        left -= read;
        return read;
    }

    private boolean nextChunk() throws Broken {
        if (complete || !(framing instanceof Framing.Chunked)) {
            return false;
        }
        if (inChunks && !line().isEmpty()) {
            throw from.malformed(400, "a chunk longer than its size");
        }
        inChunks = true;
        left = chunkSize(line());
        complete = left == 0;
        if (complete) {
            trailer = Head.fields(new Lines(from), from);
        }
        return !complete;
    }

    private String line() throws Broken {
        return new Lines(from).next().orElseThrow(() -> from.ended("inside a chunked body"));
    }

    /// A chunk may carry extensions behind a semicolon, which nobody uses.
    private long chunkSize(String line) throws Broken {
        String size = line.split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw from.malformed(400, "a chunk without a size");
        }
        return Long.parseLong(size, 16);
    }
}
