package io.tsvault.core.store;

import java.util.Locale;

/// What came of looking at one thing.
///
/// @param what was looked at, such as `race for a key`
/// @param detail what was seen, and what to do if it is not as it should be
public record Finding(String what, State state, String detail) {
    /// How it is.
    public enum State {
        OK,
        /// It works, and a person should know.
        WARN,
        /// No vault should be kept like this.
        BAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// As it should be.
    public static Finding ok(String what, String detail) {
        return new Finding(what, State.OK, detail);
    }

    /// It works, and a person should know.
    public static Finding warn(String what, String detail) {
        return new Finding(what, State.WARN, detail);
    }

    /// No vault should be kept like this.
    public static Finding bad(String what, String detail) {
        return new Finding(what, State.BAD, detail);
    }

    /// Is something wrong?
    public boolean isBad() {
        return state == State.BAD;
    }
}
