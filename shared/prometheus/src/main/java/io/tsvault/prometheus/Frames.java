package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// The frames of a streamed answer, one after the other in the same array.
///
/// ```text
/// stream --> frame*                      it ends where a frame could begin, without a mark
/// frame  --> length(uvarint) crc(b32) body
/// ```
///
/// The CRC is CRC-32C of the body, big-endian. A server that fails midway writes plain text where a
/// frame should begin: the CRC does not hold then, or the stream ends within.
final class Frames {
    private static final int FIRST_BYTES = 1 << 16;
    private static final int MOST_LENGTH_BYTES = 5;
    private static final int CRC_BYTES = 4;

    private final InputStream in;
    private final int mostBytes;
    private final String place;
    private byte[] body = new byte[FIRST_BYTES];
    private int length;
    private long number;
    private long frameAt;
    private long at;

    /// @param mostBytes in a frame
    /// @param place for messages
    Frames(InputStream in, int mostBytes, String place) {
        this.in = in;
        this.mostBytes = mostBytes;
        this.place = place;
    }

    /// Reads the next frame; what the one before held is gone.
    boolean next() {
        frameAt = at;
        number++;
        long announced = announced();
        if (announced < 0) {
            return false;
        }
        if (announced > mostBytes) {
            throw new Permanent(
                    where()
                            + " announces "
                            + announced
                            + " bytes; at most "
                            + mostBytes
                            + " are taken: lower --storage.remote.read-max-bytes-in-frame there");
        }
        fill(CRC_BYTES);
        int crc = ByteBuffer.wrap(body).getInt();
        fill((int) announced);
        length = (int) announced;
        CRC32C actual = new CRC32C();
        actual.update(body, 0, length);
        if ((int) actual.getValue() != crc) {
            throw broken("has a wrong CRC-32C");
        }
        return true;
    }

    /// Holds the frame, from its start until [#length]; may hold rubbish behind it.
    byte[] body() {
        return body;
    }

    int length() {
        return length;
    }

    /// @return -1 at the end of the stream
    private long announced() {
        long value = 0;
        for (int i = 0; i < MOST_LENGTH_BYTES; i++) {
            int part = read();
            if (part < 0 && i == 0) {
                return -1;
            }
            if (part < 0) {
                throw broken("is cut in its length");
            }
            value |= (part & 0x7fL) << (7 * i);
            if (part < 0x80) {
                return value;
            }
        }
        throw broken("has a length that does not end");
    }

    private int read() {
        try {
            int read = in.read();
            at += read < 0 ? 0 : 1;
            return read;
        } catch (IOException e) {
            throw new Transient(where() + ": " + e.getMessage(), e);
        }
    }

    /// Room is made for what has come, not for what is announced.
    private void fill(int wanted) {
        int have = 0;
        while (have < wanted) {
            if (have == body.length) {
                body = Arrays.copyOf(body, Math.min(Math.max(mostBytes, CRC_BYTES), 2 * have));
            }
            int read = read(have, Math.min(wanted, body.length) - have);
            if (read < 0) {
                throw broken("is cut: " + have + " of " + wanted + " bytes came");
            }
            have += read;
            at += read;
        }
    }

    private int read(int from, int count) {
        try {
            return in.read(body, from, count);
        } catch (IOException e) {
            throw new Transient(where() + ": " + e.getMessage(), e);
        }
    }

    private String where() {
        return place + ": frame " + number + " at byte " + frameAt;
    }

    Transient broken(String what) {
        return new Transient(
                where() + " " + what + ": the answer was damaged, or the server failed midway");
    }
}
