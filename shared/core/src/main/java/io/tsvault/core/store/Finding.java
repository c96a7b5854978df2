package io.tsvault.core.store;

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
        BAD
    }
}
