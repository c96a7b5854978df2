package io.tsvault.lab.proxy;

import java.io.IOException;

/// Where bytes go.
interface Sink {
    void write(byte[] bytes, int offset, int length) throws IOException;

    default void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }
}
