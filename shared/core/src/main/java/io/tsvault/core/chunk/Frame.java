package io.tsvault.core.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first and the last bytes of a chunk, which say what it is and where its index lies: see
/// "File" in the description of the package.
///
/// @param index where the stream of the index lies
record Frame(Version version, long fileLength, RowGroup.Extent index) {
    static final int HEADER = 20;
    static final int TRAILER = 40;

    static final byte[] MAGIC = "\u0089TSV\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

    /// A version of the format.
    ///
    /// @param features bits of what a reader must know
    record Version(int major, int minor, int features) {
        static final Version CURRENT = new Version(1, 0, 0);

        /// The oldest one that is still read.
        private static final int OLDEST_MAJOR = 1;

        void requireReadable() {
            if (major < OLDEST_MAJOR) {
                throw new UnsupportedChunk.TooOld("a chunk of format " + this);
            }
            if (major > CURRENT.major || (features & ~CURRENT.features) != 0) {
                throw new UnsupportedChunk.TooNew("a chunk of format " + this);
            }
        }

        private void write(ByteSink sink) {
            sink.u16(major);
            sink.u16(minor);
            sink.u32(features);
        }

        private static Version read(ByteSource source) {
            return new Version(source.u16(), source.u16(), source.u32());
        }

        @Override
        public String toString() {
            String needs = features == 0 ? "" : " with features " + Integer.toHexString(features);
            return major + "." + minor + needs;
        }
    }

    /// The first bytes of a file.
    static byte[] header(Version version) {
        ByteSink sink = new ByteSink();
        sink.bytes(MAGIC);
        version.write(sink);
        sink.u32(StreamSink.crc(sink.array(), 0, sink.size()));
        return sink.toArray();
    }

    /// The last bytes of this file.
    byte[] trailer() {
        ByteSink sink = new ByteSink();
        sink.u64(fileLength);
        sink.u64(index.offset());
        sink.u32(index.length());
        version.write(sink);
        sink.u32(StreamSink.crc(sink.array(), 0, sink.size()));
        sink.bytes(MAGIC);
        return sink.toArray();
    }

    /// Reads and checks the first bytes of a file.
    static Version readHeader(ByteSource source) {
        int start = source.position();
        if (!Arrays.equals(source.bytes(MAGIC.length), MAGIC)) {
            throw new DamagedChunk(0, "it does not begin as a chunk does");
        }
        Version version = Version.read(source);
        if (source.crcSince(start) != source.u32()) {
            throw new DamagedChunk(0, "the checksum of the header does not match");
        }
        version.requireReadable();
        return version;
    }

    /// Refuses a file that begins as another version than this one, with which it ends.
    void requireSame(Version begun) {
        if (!begun.equals(version)) {
            throw new DamagedChunk(
                    0, "it begins as format " + begun + " and ends as format " + version);
        }
    }

    /// Reads the last bytes of a file.
    ///
    /// @param source the trailer
    static Frame ofTrailer(ByteSource source) {
        long offset = source.offset();
        int start = source.position();
        long length = source.u64();
        long indexOffset = source.u64();
        int indexLength = source.u32();
        Version version = Version.read(source);
        int crc = source.crcSince(start);
        boolean whole = source.u32() == crc;
        if (!Arrays.equals(source.bytes(MAGIC.length), MAGIC)) {
            throw new DamagedChunk(offset, "it does not end as a chunk does");
        }
        if (!whole) {
            throw new DamagedChunk(offset, "the checksum of the trailer does not match");
        }
        version.requireReadable();
        if (length != offset + TRAILER
                || indexOffset < HEADER
                || indexLength < 0
                || indexOffset + indexLength != offset) {
            throw new DamagedChunk(offset, "the file has not the length that it had");
        }
        if (indexLength > Limits.PACKED_DIRECTORY_BYTES) {
            throw new DamagedChunk(offset, "an index of " + indexLength + " bytes");
        }
        return new Frame(version, length, new RowGroup.Extent(indexOffset, indexLength));
    }
}
