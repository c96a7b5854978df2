package io.tsvault.lab.twin;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One frame of a streamed answer: length (uvarint), CRC-32C of the body (big-endian), body.
final class Frame {
    private Frame() {}

    static void write(byte[] body, ByteArrayOutputStream stream) {
        try {
            CodedOutputStream length = CodedOutputStream.newInstance(stream, 16);
            length.writeUInt32NoTag(body.length);
            length.flush();
            CRC32C crc = new CRC32C();
            crc.update(body);
            stream.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
            stream.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory failed", e);
        }
    }
}
