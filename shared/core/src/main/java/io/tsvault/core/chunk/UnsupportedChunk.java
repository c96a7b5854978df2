package io.tsvault.core.chunk;

/// The bytes are whole, but this version of the reader does not know how to read them.
public abstract sealed class UnsupportedChunk extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;

    private UnsupportedChunk(String what, String remedy) {
        super(what + remedy);
        this.what = what;
    }

    /// What cannot be read.
    public String what() {
        return what;
    }

    /// Written by a version that this one no longer reads.
    public static final class TooOld extends UnsupportedChunk {
        private static final long serialVersionUID = 1;

        TooOld(String what) {
            super(what, "; it is too old: read it with the version of tsvault that wrote it");
        }
    }

    /// Written by a later version, with something that must be understood and is not.
    public static final class TooNew extends UnsupportedChunk {
        private static final long serialVersionUID = 1;

        TooNew(String what) {
            super(what, "; it is too new: read it with a later version of tsvault");
        }
    }
}
