package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.Frame.Version;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.Specimens.Specimen;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

/// What a reader of this version does with files of others.
class VersionTest {
    private static final Specimen SPECIMEN = Specimens.described();
    private static final Anatomist PARTS = new Anatomist(SPECIMEN.bytes());

    @Test
    void aLaterMajorVersionIsTooNew() {
        assertThatThrownBy(() -> Reading.of(trailer(new Version(2, 0, 0))))
                .isInstanceOf(UnsupportedChunk.TooNew.class)
                .hasMessageContaining("2.0");
        assertThatThrownBy(() -> Reading.of(header(new Version(2, 0, 0))))
                .isInstanceOf(UnsupportedChunk.TooNew.class);
    }

    @Test
    void anUnknownFeatureIsTooNew() {
        assertThatThrownBy(() -> Reading.of(trailer(new Version(1, 0, 1 << 31))))
                .isInstanceOf(UnsupportedChunk.TooNew.class)
                .hasMessageContaining("features 80000000");
    }

    @Test
    void majorVersion0IsTooOld() {
        assertThatThrownBy(() -> Reading.of(trailer(new Version(0, 9, 0))))
                .isInstanceOf(UnsupportedChunk.TooOld.class)
                .hasMessageContaining("0.9");
    }

    @Test
    void aLaterMinorVersionIsRead() {
        Version later = new Version(1, 9, 0);
        assertThat(Reading.of(header(trailer(later), later)).series())
                .isEqualTo(Reading.of(SPECIMEN.bytes()).series());
    }

    @Test
    void bothEndsOfAFileAreOfOneVersion() {
        assertThatThrownBy(() -> Reading.of(trailer(new Version(1, 9, 0))))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("begins as format 1.0 and ends as format 1.9");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15, 19, 127})
    void anUnknownStreamThatMustBeUnderstoodIsTooNew(int kind) {
        byte[] chunk = withStream(Anatomist.stream(kind, new byte[9]));
        assertThatThrownBy(() -> Reading.of(chunk))
                .isInstanceOf(UnsupportedChunk.TooNew.class)
                .hasMessageContaining("kind " + kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 130, 255})
    void anUnknownStreamThatMayBeSkippedIsSkippedWhateverItHolds(int kind) {
        byte[] chunk = withStream(Anatomist.stream(kind, 77, Integer.MAX_VALUE, new byte[9]));
        assertThat(Reading.of(chunk).series()).isEqualTo(Reading.of(SPECIMEN.bytes()).series());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16, 17, 18})
    void aKnownStreamThatDoesNotBelongThereIsDamage(int kind) {
        byte[] chunk = withStream(Anatomist.stream(kind, new byte[9]));
        assertThatThrownBy(() -> Reading.of(chunk))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("stream " + kind + " where it does not belong");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 128})
    void anUnknownStreamThatIsNotWholeIsDamage(int kind) {
        byte[] stream = Anatomist.stream(kind, new byte[9]);
        stream[6]++;
        assertThatThrownBy(() -> Reading.of(withStream(stream)))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("the checksum of stream " + kind);
    }

    /// The specimen with one stream more in its row group.
    private static byte[] withStream(byte[] stream) {
        Extent last = PARTS.index().groups().getFirst().extent();
        byte[] group = PARTS.bytes(last);
        byte[] longer = Arrays.copyOf(group, group.length + stream.length);
        System.arraycopy(stream, 0, longer, group.length, stream.length);
        return PARTS.with(last, longer);
    }

    private static byte[] trailer(Version version) {
        byte[] bytes = SPECIMEN.bytes();
        int at = bytes.length - Frame.TRAILER;
        Frame frame =
                Frame.ofTrailer(new ByteSource(Arrays.copyOfRange(bytes, at, bytes.length), at));
        byte[] trailer = new Frame(version, frame.fileLength(), frame.index()).trailer();
        System.arraycopy(trailer, 0, bytes, at, trailer.length);
        return bytes;
    }

    private static byte[] header(Version version) {
        return header(SPECIMEN.bytes(), version);
    }

    private static byte[] header(byte[] bytes, Version version) {
        System.arraycopy(Frame.header(version), 0, bytes, 0, Frame.HEADER);
        return bytes;
    }
}
