package io.tsvault.aws;

/// What a look at a bucket found.
///
/// @param what one word or two: `clock`, `lifecycle`
/// @param detail what was found; when it is not well, what to do too
public record Finding(String what, State state, String detail) {
    /// How it is.
    public enum State {
        OK,
        /// It works, and is not as it should be, or could not be seen.
        WARN,
        /// A vault is not safe here.
        BAD
    }

    static Finding ok(String what, String detail) {
        return new Finding(what, State.OK, detail);
    }

    static Finding warn(String what, String detail) {
        return new Finding(what, State.WARN, detail);
    }

    static Finding bad(String what, String detail) {
        return new Finding(what, State.BAD, detail);
    }
}
