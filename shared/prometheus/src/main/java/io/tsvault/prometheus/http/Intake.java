package io.tsvault.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/// Bytes as they come from the network, which have to come at a minimum rate. Only the time spent
/// waiting for them counts: a reader may be as slow as it likes.
final class Intake extends InputStream {
    /// A thousandth of what a poor line gives.
    private static final long LEAST_BYTES_PER_SECOND = 1 << 10;

    private final InputStream raw;
    private final Failures failures;
    private long count;
    private long waitedNanos;

    Intake(InputStream raw, Failures failures) {
        this.raw = raw;
        this.failures = failures;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long before = System.nanoTime();
        int read = raw.read(into, offset, length);
        waitedNanos += System.nanoTime() - before;
        count += Math.max(read, 0);
        if (read > 0) {
            requireRate();
        }
        return read;
    }

    /// A first pause is forgiven as long as the body may be idle.
    private void requireRate() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(waitedNanos);
        if (waitedNanos > failures.timeouts().idle().toNanos()
                && count / Math.max(seconds, 1) < LEAST_BYTES_PER_SECOND) {
            throw failures.tooMuch(
                    "the answer only trickles: " + count + " bytes in " + seconds + " s");
        }
    }
}
