package io.tsvault.lab;

import static org.junit.jupiter.api.Assumptions.abort;

/// Real servers in tests: where this machine cannot have one, the test is skipped with the reason.
public final class RealServer {
    private RealServer() {}

    /// Starts the server, or skips the test that asks for it.
    public static Server startOrSkip(Setup setup) {
        try {
            return setup.start();
        } catch (Unavailable e) {
            return abort(e.reason());
        }
    }
}
