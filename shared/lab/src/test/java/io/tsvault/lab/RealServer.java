package io.tsvault.lab;

import static org.junit.jupiter.api.Assumptions.abort;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Real servers in tests: where this machine cannot have one, the test is skipped with the reason;
/// where a test fails, the ends of its servers' logs are shown.
public final class RealServer implements BeforeEachCallback, AfterTestExecutionCallback {
    /// Those of one test, which may run beside others, and has a thread of its own when it has a
    /// timeout.
    private static final ThreadLocal<List<Server>> STARTED =
            new InheritableThreadLocal<>() {
                @Override
                protected List<Server> initialValue() {
                    return new CopyOnWriteArrayList<>();
                }
            };

    /// For JUnit, which finds it by itself.
    public RealServer() {}

    /// Starts the server, or skips the test that asks for it.
    public static Server startOrSkip(Setup setup) {
        try {
            Server server = setup.start();
            STARTED.get().add(server);
            return server;
        } catch (Unavailable e) {
            return abort(e.reason());
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        STARTED.set(new CopyOnWriteArrayList<>());
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            STARTED.get()
                    .forEach(server -> System.err.println(server + ", its log:\n" + server.tail()));
        }
        STARTED.remove();
    }
}
