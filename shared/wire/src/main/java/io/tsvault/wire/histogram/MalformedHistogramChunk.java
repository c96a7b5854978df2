package io.tsvault.wire.histogram;

/// Bytes that are no histogram chunk. The message says at which byte of the chunk, from 0, and why.
public final class MalformedHistogramChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedHistogramChunk(int at, String reason) {
        super("histogram chunk, byte " + at + ": " + reason);
    }
}
