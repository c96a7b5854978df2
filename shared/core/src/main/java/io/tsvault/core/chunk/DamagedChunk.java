package io.tsvault.core.chunk;

/// The bytes of a chunk are not what a writer wrote.
public final class DamagedChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long offset;

    DamagedChunk(long offset, String what) {
        super("damaged chunk at byte " + offset + ": " + what);
        this.offset = offset;
    }

    /// Where in the file it was noticed; for compressed parts, where the part begins.
    public long offset() {
        return offset;
    }
}
