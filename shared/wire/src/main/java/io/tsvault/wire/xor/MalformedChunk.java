package io.tsvault.wire.xor;

/// Bytes that are no XOR chunk. The message says at which byte of the chunk, from 0, and why.
public final class MalformedChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedChunk(int at, String reason) {
        super("XOR chunk, byte " + at + ": " + reason);
    }
}
