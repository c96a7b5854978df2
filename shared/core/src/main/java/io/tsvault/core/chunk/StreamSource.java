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
        Packed stream = packed(source);
        if (stream.plainLength > limit) {
            throw stream.bytes.damaged(stream.plainLength + " bytes in a stream, at most " + limit);
        }
        return new Stream(stream.kind, plain(stream.bytes, stream.coding, stream.plainLength));
    }

    /// A whole stream that was not decompressed.
    private record Packed(int kind, int coding, int plainLength, ByteSource bytes) {}

    private Packed packed(ByteSource source) {
        int start = source.position();
        int kind = source.u8();
        int coding = source.u8();
        int plainLength = source.count("bytes in a stream", Integer.MAX_VALUE);
        ByteSource bytes =
                source.slice(source.count("packed bytes in a stream", source.remaining()));
        int crc = source.crcSince(start);
        if (source.u32() != crc) {
            throw bytes.damaged("the checksum of stream " + kind + " does not match");
        }
        tally.stream(kind, source.position() - start);
        return new Packed(kind, coding, plainLength, bytes);
    }

    /// The next stream, which must be of this kind, behind those that may be skipped.
    ByteSource next(ByteSource source, StreamKind kind, int limit) {
        if (!isNext(source, kind)) {
            throw source.damaged("stream " + source.peek() + " instead of " + kind);
        }
        return next(source, limit).plain();
    }

    /// Passes over streams of unknown kinds, looking at no more than their checksums.
    ///
    /// @return whether one of this kind comes then
    /// @throws UnsupportedChunk when one may not be skipped
    boolean isNext(ByteSource source, StreamKind kind) {
        skipUnknown(source);
        return source.remaining() > 0 && source.peek() == kind.number();
    }

    /// Only streams that may be skipped may follow.
    void requireEnd(ByteSource source) {
        skipUnknown(source);
        if (source.remaining() > 0) {
            throw source.damaged("stream " + source.peek() + " where it does not belong");
        }
    }

    private void skipUnknown(ByteSource source) {
        while (source.remaining() > 0 && !StreamKind.isKnown(source.peek())) {
            int kind = source.peek();
            packed(source);
            if (kind < StreamKind.OPTIONAL) {
                throw new UnsupportedChunk.TooNew("a stream of kind " + kind);
            }
        }
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
        int plainLeft = limit;
        for (int i = 0; i < count; i++) {
            int coding = tokens.u8();
            int plain = tokens.count("tokens", plainLeft);
            plainLeft -= plain;
            heads[i] = new int[] {coding, plain, tokens.count("bytes", tokens.remaining())};
        }
        byte[][] lanes = new byte[count][];
        int left = limit;
        for (int i = 0; i < count; i++) {
            boolean runs = (heads[i][0] & StreamSink.ZERO_RUNS) != 0;
            ByteSource packed = tokens.slice(heads[i][2]);
            ByteSource plain = plain(packed, heads[i][0] & ~StreamSink.ZERO_RUNS, heads[i][1]);
            lanes[i] = runs ? ZeroRuns.expanded(plain, left) : plain.bytes(plain.remaining());
            left -= lanes[i].length;
        }
        tokens.requireEnd("TOKENS");
        return lanes;
    }

    /// Decompresses all that `packed` holds to exactly `length` bytes. No frame is larger than its
    /// content, for then it would have been stored as it is.
    private ByteSource plain(ByteSource packed, int coding, int length) {
        if (packed.remaining() > length) {
            throw packed.damaged(packed.remaining() + " packed bytes for " + length);
        }
        return switch (coding) {
            case StreamSink.RAW -> {
                if (packed.remaining() != length) {
                    throw packed.damaged(
                            packed.remaining() + " raw bytes where " + length + " are announced");
                }
                yield packed;
            }
            case StreamSink.ZSTD ->
                    ByteSource.decompressed(zstd.decompress(packed, length), packed.offset());
            default -> throw packed.damaged("coding " + coding);
        };
    }

    @Override
    public void close() {
        zstd.close();
    }
}
