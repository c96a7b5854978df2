package io.tsvault.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/// A good answer, whose body is still on its way. For one thread; to be closed.
public final class Answer implements AutoCloseable {
    private final Exchange exchange;

    Answer(Exchange exchange) {
        this.exchange = exchange;
    }

    /// From 200 to 299.
    public int status() {
        return exchange.status();
    }

    /// The value of a header, whatever the case of its name.
    public Optional<String> header(String name) {
        return exchange.header(name);
    }

    /// What the server's clock says, to the second.
    public Optional<Instant> serverClock() {
        return exchange.serverClock();
    }

    /// The content, decoded when it was `gzip` or `zstd`. Its end is the end of the answer: one
    /// that is cut, too slow or too big throws `Transient`, `TooMuch` or `Permanent`, never an
    /// `IOException`.
    public InputStream body() {
        return exchange.body();
    }

    /// All of the content.
    public byte[] bytes() {
        try {
            return exchange.body().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the body throws what is unchecked", e);
        }
    }

    /// All of the content, if it is no more than this.
    ///
    /// @throws io.tsvault.core.source.TooMuch when it is
    public byte[] bytesAtMost(int most) {
        byte[] bytes;
        try {
            bytes = exchange.body().readNBytes(most);
            if (bytes.length < most || exchange.body().read() < 0) {
                return bytes;
            }
        } catch (IOException e) {
            throw new IllegalStateException("the body throws what is unchecked", e);
        }
        throw exchange.tooMuch("the answer has more than " + most + " bytes");
    }

    @Override
    public void close() {
        exchange.close();
    }
}
