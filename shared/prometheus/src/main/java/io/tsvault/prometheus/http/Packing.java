package io.tsvault.prometheus.http;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// How the content of an answer is packed.
enum Packing {
    NONE,
    GZIP,
    ZSTD;

    /// What HTTP allows, 8 MiB: a frame may ask for a window of gigabytes.
    private static final int MOST_WINDOW_LOG = 23;

    /// What is in it, as it comes; closing it closes `packed`.
    InputStream unpacked(InputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(packed);
            case ZSTD -> new ZstdInputStreamNoFinalizer(packed).setLongMax(MOST_WINDOW_LOG);
        };
    }

    /// A failure that says what the bytes are not, if that is what was wrong.
    IOException explained(IOException failure) {
        return failure instanceof ZipException || failure instanceof ZstdIOException
                ? new IOException("not %s: %s".formatted(this, failure.getMessage()), failure)
                : failure;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
