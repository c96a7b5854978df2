package io.tsvault.lab.twin;

/// The instants of a range query: start, start + step and so on, to the end at most.
record Grid(long startMs, long endMs, long stepMs) {
    static final long NANOS_PER_MS = 1_000_000;

    /// Fixed in the code of the server.
    private static final long MAX_STEPS = 11_000;

    static Grid of(Parameters parameters) {
        long startMs = parameters.timeMs("start");
        long endMs = parameters.timeMs("end");
        if (endMs < startMs) {
            throw ApiError.badParameter("end", "end timestamp must not be before start time");
        }
        long step = parameters.nanos("step");
        if (step <= 0) {
            throw ApiError.badParameter(
                    "step",
                    "zero or negative query resolution step widths are not accepted. Try a positive"
                            + " integer");
        }
        if ((endMs - startMs) * NANOS_PER_MS / step > MAX_STEPS) {
            throw ApiError.badData(
                    "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing"
                            + " the query resolution (?step=XX)");
        }
        return new Grid(startMs, endMs, step / NANOS_PER_MS);
    }

    /// A step of less than a millisecond passes the checks of the API and fails in the engine.
    void requireProgress() {
        if (stepMs == 0) {
            throw ApiError.execution("unexpected error: runtime error: integer divide by zero");
        }
    }
}
