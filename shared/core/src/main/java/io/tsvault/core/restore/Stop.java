package io.tsvault.core.restore;

/// A restore stops on the way, for a reason that is no failure.
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Job.State state;

    Stop(Job.State state, String message) {
        super(message);
        this.state = state;
    }

    Job.State state() {
        return state;
    }
}
