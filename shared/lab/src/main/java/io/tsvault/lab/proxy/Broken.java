package io.tsvault.lab.proxy;

import java.io.IOException;

/// A conversation that cannot go on, with the side that broke it.
final class Broken extends IOException {
    private static final long serialVersionUID = 1;

    /// Who sits at the other end of a wire.
    enum Side {
        CLIENT,
        SERVER
    }

    private final Side side;
    private final int status;
    private final String what;

    /// @param status what to tell the client while it has no answer; 0 when there is nobody to tell
    Broken(Side side, int status, String what) {
        super(what);
        this.side = side;
        this.status = status;
        this.what = what;
    }

    boolean by(Side suspect) {
        return side == suspect;
    }

    int status() {
        return status;
    }

    /// The message, never null.
    String what() {
        return what;
    }
}
