package io.tsvault.cli;

import java.util.Locale;

/// What the doctor says of one thing.
///
/// @param detail what was found; when it is not well, what to do too
record Finding(String what, State state, String detail) {
    /// How it is.
    enum State {
        OK,
        WARN,
        BAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isBad() {
        return state == State.BAD;
    }
}
