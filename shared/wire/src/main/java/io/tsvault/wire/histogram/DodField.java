package io.tsvault.wire.histogram;

/// An integer of a sample, told by how its step differs from the step before; modulo 2^64.
final class DodField {
    long value;
    private long step;

    void later(BitReader in) {
        step += in.signed();
        value += step;
    }
}
