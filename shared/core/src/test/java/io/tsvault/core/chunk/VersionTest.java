package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.Frame.Version;
import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.Specimens.Specimen;
import io.tsvault.core.series.Metadata;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a reader of this version does with files of others.
class VersionTest {
    private static final Specimen SPECIMEN = Specimens.described();
    private static final Anatomist PARTS = new Anatomist(SPECIMEN.bytes());

    /// One of every kind of stream.
    private static final byte[] FULL =
            Specimens.chunk(
                            List.of(Specimens.everyMode()),
                            List.of(new Metadata("late", Metadata.Type.GAUGE, "Is it?", "")),
                            Map.of())
                    .bytes();

    private static final Anatomist WHOLE = new Anatomist(FULL);

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

    /// Before and behind each stream of the file: in a row group, or where the index says that
    /// labels, metadata or the index itself lie.
    static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Extent stream : WHOLE.streams()) {
            for (boolean behind : new boolean[] {false, true}) {
                places.add(new Place(WHOLE.kind(stream), stream, behind));
            }
        }
        assertThat(places).hasSize(2 * (4 + 1 + 1));
        return places;
    }

    record Place(int kind, Extent stream, boolean behind) {
        byte[] with(byte[] more) {
            byte[] old = WHOLE.bytes(stream);
            ByteSink both = new ByteSink();
            both.bytes(behind ? old : more);
            both.bytes(behind ? more : old);
            return WHOLE.with(stream, both.toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void unknownStreamsAreSkippedOrRefusedAtEveryPlace(Place place) {
        byte[] optional = place.with(Anatomist.stream(222, new byte[5]));
        assertThat(Reading.of(optional).series()).isEqualTo(Reading.of(FULL).series());
        assertThat(Reading.of(optional).metadata()).isNotEmpty();
        byte[] required = place.with(Anatomist.stream(22, new byte[5]));
        assertThatThrownBy(() -> Reading.of(required))
                .isInstanceOf(UnsupportedChunk.TooNew.class)
                .hasMessageContaining("kind 22");
        byte[] misplaced = place.with(Anatomist.stream(4, new byte[5]));
        assertThatThrownBy(() -> Reading.of(misplaced)).isInstanceOf(DamagedChunk.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unknownStreamsBesideTheIndexAreSkippedOrRefused(boolean behind) {
        assertThat(Reading.of(besideIndex(222, behind)).series())
                .isEqualTo(Reading.of(FULL).series());
        assertThatThrownBy(() -> Reading.of(besideIndex(22, behind)))
                .isInstanceOf(UnsupportedChunk.TooNew.class);
        assertThatThrownBy(() -> Reading.of(besideIndex(16, behind)))
                .isInstanceOf(DamagedChunk.class);
    }

    private static byte[] besideIndex(int kind, boolean behind) {
        byte[] more = Anatomist.stream(kind, new byte[5]);
        byte[] index = Anatomist.stream(StreamKind.INDEX.number(), WHOLE.index().encode());
        ByteSink both = new ByteSink();
        both.bytes(behind ? index : more);
        both.bytes(behind ? more : index);
        return WHOLE.withIndexStreams(both.toArray());
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
