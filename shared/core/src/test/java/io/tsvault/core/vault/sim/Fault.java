package io.tsvault.core.vault.sim;

/// What becomes of one request.
enum Fault {
    NONE,
    /// The program dies, and the request was never sent.
    DIES_BEFORE,
    /// The program dies, and the request has its effect.
    DIES_AFTER,
    /// A timeout; the request never arrived.
    REQUEST_LOST,
    /// A timeout; the request had its effect.
    ANSWER_LOST,
    /// A create that had its effect is told that something is there, as an SDK that repeats does.
    OWN_412,
    /// 409: not now; without effect.
    CONFLICT,
    /// A timeout; the very same request arrives later, whatever has happened until then.
    LATE,
    /// As LATE, and nothing else gets through until the program gives up.
    LATE_THEN_OUTAGE,
    /// The program stands still for hours before it sends the request.
    STALE;

    /// Does something come of it much later?
    boolean isLate() {
        return this == LATE || this == LATE_THEN_OUTAGE || this == STALE;
    }

    boolean kills() {
        return this == DIES_BEFORE || this == DIES_AFTER;
    }
}
