package io.tsvault.lab;

/// The server is here but did not come up; the message ends with the last lines of its log.
public final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(String reason) {
        super(reason);
    }

    StartFailed(String reason, Throwable cause) {
        super(reason, cause);
    }
}
