package io.tsvault.lab.proxy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// A wait that closing the proxy ends.
interface Pause {
    void pass() throws InterruptedException;

    static Pause of(Duration time) {
        return () -> Thread.sleep(time);
    }

    default void await() throws IOException {
        try {
            pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the proxy was closed during a pause");
        }
    }
}
