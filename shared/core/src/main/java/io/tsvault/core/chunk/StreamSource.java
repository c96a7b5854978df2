package io.tsvault.core.chunk;

/// Reads what a [StreamSink] wrote. For one thread; holds native memory until it is closed.
final class StreamSource implements AutoCloseable {
    private final Zstd.Decompressor zstd = new Zstd.Decompressor();
    private final Tally tally = new Tally();

    /// One stream, decompressed.
    ///
    /// @param kind its number
    record Stream(int kind, ByteSource plain) {}

    /// The next stream of `source`.
    ///
    /// @param limit how many bytes its content may have
    Stream next(ByteSource source, int limit) {
        int start = source.position();
        int kind = source.u8();
        int coding = source.u8();
        int plainLength = source.count("bytes in a stream", limit);
        int packedLength = source.count("packed bytes in a stream", source.remaining());
        long offset = source.offset();
        ByteSource packed = source.slice(packedLength);
        int crc = source.crcSince(start);
        if (source.u32() != crc) {
            throw new DamagedChunk(offset, "the checksum of stream " + kind + " does not match");
        }
        byte[] plain = plain(packed, coding, plainLength);
        tally.stream(kind, source.position() - start);
        return new Stream(kind, new ByteSource(plain, offset));
    }

    /// The next stream, which must be of this kind.
    ByteSource next(ByteSource source, StreamKind kind, int limit) {
        long offset = source.offset();
        Stream stream = next(source, limit);
        if (stream.kind() != kind.number()) {
            throw new DamagedChunk(offset, "stream " + stream.kind() + " instead of " + kind);
        }
        return stream.plain();
    }

    /// What was read so far.
    Tally tally() {
        return tally;
    }

    /// The tokens of every lane.
    ///
    /// @param limit how many there may be in all
    byte[][] lanes(ByteSource tokens, int limit) {
        int count = tokens.count("lanes", Lanes.MAX);
        int[][] heads = new int[count][];
        int left = limit;
        for (int i = 0; i < count; i++) {
            int coding = tokens.u8();
            int plain = tokens.count("tokens", left);
            left -= plain;
            heads[i] = new int[] {coding, plain, tokens.count("bytes", tokens.remaining())};
        }
        byte[][] lanes = new byte[count][];
        for (int i = 0; i < count; i++) {
            lanes[i] = plain(tokens.slice(heads[i][2]), heads[i][0], heads[i][1]);
        }
        tokens.requireEnd("TOKENS");
        return lanes;
    }

    /// Decompresses all that `packed` holds to exactly `length` bytes.
    byte[] plain(ByteSource packed, int coding, int length) {
        return switch (coding) {
            case StreamSink.RAW -> {
                if (packed.remaining() != length) {
                    throw packed.damaged(
                            packed.remaining() + " raw bytes where " + length + " are announced");
                }
                yield packed.bytes(length);
            }
            case StreamSink.ZSTD -> zstd.decompress(packed, length);
            default -> throw packed.damaged("coding " + coding);
        };
    }

    @Override
    public void close() {
        zstd.close();
    }
}
