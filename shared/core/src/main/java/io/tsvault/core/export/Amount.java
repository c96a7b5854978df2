package io.tsvault.core.export;

/// How much was kept.
///
/// @param series as chunks count them: one that is in two of them counts twice
/// @param bytes of the chunks
record Amount(long samples, long series, long bytes) {
    static final Amount NOTHING = new Amount(0, 0, 0);

    Amount plus(Amount more) {
        return new Amount(samples + more.samples, series + more.series, bytes + more.bytes);
    }
}
