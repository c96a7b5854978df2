package io.tsvault.lab.proxy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Holds exchanges until a test lets them go on, so that no test waits for luck. Once released it
/// stays open.
public final class Gate {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch released = new CountDownLatch(1);
    private final Semaphore arrivals = new Semaphore(0);

    /// Lets everything go on that is held here, or will come.
    public void release() {
        released.countDown();
    }

    /// Waits until one more exchange has come to this gate.
    ///
    /// @throws IllegalStateException when none comes in 30 seconds
    public void awaitArrival() throws InterruptedException {
        if (!arrivals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "no exchange came to the gate in " + PATIENCE_SECONDS + " s");
        }
    }

    void pass() throws InterruptedException {
        arrivals.release();
        released.await();
    }
}
