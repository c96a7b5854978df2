package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;

import io.tsvault.wire.Snappy;

import java.io.IOException;
import java.util.OptionalLong;

/// A protobuf message inside a snappy block, as remote write and remote read send it.
final class ProtoBlock {
    /// 3.5.3 unpacks no more.
    static final int MAX_BYTES = 32 * 1024 * 1024;

    /// The longest block that a snappy encoder makes of that.
    static final int MAX_PACKED_BYTES = 32 + MAX_BYTES + MAX_BYTES / 6;

    private ProtoBlock() {}

    /// The block is not what it should be; the text is the server's as far as it is known.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private final String text;

        private Unreadable(String text) {
            super(text, null, false, false);
            this.text = text;
        }

        Reply reply() {
            return Reply.text(400, text);
        }
    }

    static <M extends Message> M read(ByteString block, Parser<M> parser) throws Unreadable {
        try {
            return parser.parseFrom(unpacked(block.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new Unreadable("proto: " + e.getMessage());
        }
    }

    private static byte[] unpacked(byte[] block) throws Unreadable {
        OptionalLong length = announcedLength(block);
        if (length.isPresent() && length.getAsLong() > MAX_BYTES) {
            throw new Unreadable(
                    "snappy: decoded length " + length.getAsLong() + " exceeds limit " + MAX_BYTES);
        }
        try {
            return Snappy.decompress(block, MAX_BYTES);
        } catch (IOException e) {
            throw new Unreadable("snappy: corrupt input");
        }
    }

    /// The varint at the start of a block, when it fits into 32 bits.
    private static OptionalLong announcedLength(byte[] block) {
        long length = 0;
        for (int i = 0; i < Math.min(5, block.length); i++) {
            length |= (block[i] & 0x7fL) << (7 * i);
            if (block[i] >= 0) {
                return length >>> 32 == 0 ? OptionalLong.of(length) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
