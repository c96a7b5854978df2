package io.tsvault.lab.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Puts a body that goes out into its frame.
record FramedSink(Framing framing, Sink to) implements Sink {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!(framing instanceof Framing.Chunked)) {
            to.write(bytes, offset, length);
        } else if (length > 0) { // a chunk of nothing would end the body
            to.write(chunk(bytes, offset, length));
        }
    }

    /// In one array, so that it leaves in one packet.
    private static byte[] chunk(byte[] bytes, int offset, int length) {
        byte[] size = ascii(Integer.toHexString(length) + "\r\n");
        byte[] chunk = new byte[size.length + length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, offset, chunk, size.length, length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }

    /// The proper end.
    void finish(List<Head.Field> trailer) throws IOException {
        if (framing instanceof Framing.Chunked) {
            to.write(ascii("0\r\n" + Head.text(trailer)));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
