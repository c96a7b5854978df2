package io.tsvault.prometheus.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;

/// The content of an answer, watched byte by byte.
final class Body extends InputStream {
    /// Honest text rarely reaches 40:1; rubbish reaches 1,028:1.
    private static final long MOST_RATIO = 200;

    private static final long BEFORE_RATIO_COUNTS = 1 << 20;

    private final Intake intake;
    private final Call call;
    private final Failures failures;
    private final Packing packing;
    private InputStream decoded;
    private boolean isOpen;
    private long count;

    private Body(InputStream raw, Packing packing, Call call, Failures failures) {
        this.intake = new Intake(raw, failures);
        this.decoded = intake;
        this.packing = packing;
        this.call = call;
        this.failures = failures;
    }

    /// @param encoding the header, or nothing. `snappy` is left to the caller, who asked for it.
    static InputStream of(InputStream raw, String encoding, Call call, Failures failures) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity", "snappy" -> new Body(raw, Packing.NONE, call, failures);
            case "gzip", "x-gzip" -> new Body(raw, Packing.GZIP, call, failures);
            case "zstd" -> new Body(raw, Packing.ZSTD, call, failures);
            default ->
                    throw failures.permanent(
                            "the answer is packed by \"" + Text.shown(encoding) + "\" unasked");
        };
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        try {
            int read = open().read(into, offset, length);
            if (read < 0) {
                requireEnd();
            } else {
                count += read;
                requireBounds();
            }
            return read;
        } catch (IOException e) {
            throw failures.within(packing.explained(e), count);
        }
    }

    private InputStream open() throws IOException {
        if (!isOpen) {
            decoded = packing.unpacked(intake);
        }
        isOpen = true;
        return decoded;
    }

    /// The end of what was packed must be the end of the answer too.
    private void requireEnd() throws IOException {
        if (packing != Packing.NONE && intake.count() == 0) {
            throw new EOFException("there is none");
        }
        if (packing != Packing.NONE && intake.read() >= 0) {
            throw new ZipException("something follows it");
        }
    }

    /// Gives back what unpacking takes; the rest of the answer is not read.
    @Override
    public void close() throws IOException {
        decoded.close();
    }

    private void requireBounds() {
        if (count > call.mostBytes()) {
            throw failures.tooMuch("the answer has more than " + call.mostBytes() + " bytes");
        }
        if (count > BEFORE_RATIO_COUNTS && count / MOST_RATIO > intake.count()) {
            throw failures.permanent(
                    "the answer unpacks to more than "
                            + MOST_RATIO
                            + " times its size: no server of metrics sends that");
        }
    }
}
