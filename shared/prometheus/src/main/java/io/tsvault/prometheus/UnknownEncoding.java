package io.tsvault.prometheus;

/// A chunk of a kind that cannot be read here.
final class UnknownEncoding extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownEncoding(long encoding) {
        super("chunks of encoding " + encoding);
    }
}
