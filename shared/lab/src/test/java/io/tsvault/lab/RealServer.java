package io.tsvault.lab;

import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Real servers in tests: where this machine cannot have one, the test is skipped with the reason;
/// where a test fails, the ends of its servers' logs are shown.
public final class RealServer implements AfterTestExecutionCallback {
    private static final List<Server> STARTED = new CopyOnWriteArrayList<>();

    /// For JUnit, which finds it by itself.
    public RealServer() {}

    /// Starts the server, or skips the test that asks for it.
    public static Server startOrSkip(Setup setup) {
        try {
            Server server = setup.start();
            STARTED.add(server);
            return server;
        } catch (Unavailable e) {
            return abort(e.reason());
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            STARTED.forEach(server -> System.err.println(server + ", its log:\n" + server.tail()));
        }
        STARTED.clear();
    }
}
