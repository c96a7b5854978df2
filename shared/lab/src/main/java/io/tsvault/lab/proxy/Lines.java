package io.tsvault.lab.proxy;

import java.util.Optional;

/// Reads the lines of one head, which together are at most 64 KiB.
final class Lines {
    private final Wire from;
    private int left = Head.MAX_BYTES;

    Lines(Wire from) {
        this.from = from;
    }

    /// The next line without its end; empty when the sender ended before its first byte. Refuses
    /// control bytes at once: the first byte of TLS is one, and its sender waits for an answer.
    Optional<String> next() throws Broken {
        StringBuilder line = new StringBuilder();
        for (int read = from.read(); read != '\n'; read = from.read()) {
            if (read < 0 && line.isEmpty()) {
                return Optional.empty();
            }
            if (read < 0) {
                throw from.ended("inside a line");
            }
            if (--left < 0) {
                throw from.malformed(431, "a head of more than " + Head.MAX_BYTES + " bytes");
            }
            if (read < ' ' && read != '\t' && read != '\r') {
                throw from.malformed(400, "a control byte in a head");
            }
            line.append((char) read);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return Optional.of(line.toString());
    }
}
