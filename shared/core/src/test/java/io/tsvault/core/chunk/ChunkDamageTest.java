package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.Specimens.Specimen;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class ChunkDamageTest {
    static List<Specimen> all() {
        return Specimens.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsWholeReadsAsItWasWritten(Specimen specimen) {
        Reading reading = Reading.of(specimen.bytes());
        assertThat(reading.inWindows())
                .isEqualTo(specimen.groups().stream().flatMap(List::stream).toList());
        assertThat(reading.summary()).isEqualTo(specimen.chunk().summary());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyPrefixIsDamage(Specimen specimen) {
        byte[] bytes = specimen.bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Reading.of(prefix))
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedChunk.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whateverIsAppendedIsDamage(Specimen specimen) {
        byte[] bytes = specimen.bytes();
        for (int more : new int[] {1, 2, Frame.TRAILER, 1000}) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
            assertThatThrownBy(() -> Reading.of(longer)).isInstanceOf(DamagedChunk.class);
        }
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        assertThatThrownBy(() -> Reading.of(twice))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining("not the length");
    }

    /// Every byte of a chunk is under a checksum or a magic number.
    @ParameterizedTest
    @MethodSource("all")
    void everyChangedByteIsDamage(Specimen specimen) {
        byte[] bytes = specimen.bytes();
        for (int at = 0; at < bytes.length; at++) {
            byte before = bytes[at];
            for (byte changed : changes(before)) {
                bytes[at] = changed;
                if (changed != before) {
                    int number = at;
                    assertThatThrownBy(() -> Reading.of(bytes))
                            .as("byte %d is %d instead of %d", number, changed, before)
                            .isInstanceOf(DamagedChunk.class);
                }
            }
            bytes[at] = before;
        }
    }

    /// As if someone had changed what is under the checksums, and the checksums too: the digests of
    /// the row groups are still there.
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("all")
    void aChangedByteBehindAChecksumIsDamageOrChangesNoSample(Specimen specimen) {
        Anatomist parts = new Anatomist(specimen.bytes());
        Reading original = Reading.of(specimen.bytes());
        for (Extent stream : parts.streams()) {
            byte[] plain = parts.plain(stream);
            for (int at = 0; at < plain.length; at++) {
                byte before = plain[at];
                for (byte changed : changes(before)) {
                    plain[at] = changed;
                    byte[] other = Anatomist.stream(parts.kind(stream), plain);
                    requireDamageOrSameSeries(original, parts.with(stream, other));
                }
                plain[at] = before;
            }
        }
    }

    private static void requireDamageOrSameSeries(Reading original, byte[] chunk) {
        try {
            Reading reading = Reading.of(chunk);
            assertThat(reading.series()).isEqualTo(original.series());
            assertThat(reading.inWindows()).isEqualTo(original.inWindows());
        } catch (DamagedChunk e) {
            assertThat(e.offset()).isBetween(0L, (long) chunk.length);
        }
    }

    private static byte[] changes(byte before) {
        byte[] changes = new byte[Byte.SIZE + 3];
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            changes[bit] = (byte) (before ^ (1 << bit));
        }
        changes[Byte.SIZE] = 0;
        changes[Byte.SIZE + 1] = (byte) 0xff;
        changes[Byte.SIZE + 2] = (byte) (before + 1);
        return changes;
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoRowGroupsInEachOthersPlaceAreDamage(Specimen specimen) {
        Anatomist parts = new Anatomist(specimen.bytes());
        List<Extent> groups = parts.index().groups().stream().map(RowGroup::extent).toList();
        requireHarmless(specimen, exchanges(parts, groups));
    }

    @ParameterizedTest
    @MethodSource("all")
    void twoStreamsInEachOthersPlaceAreDamage(Specimen specimen) {
        Anatomist parts = new Anatomist(specimen.bytes());
        requireHarmless(specimen, exchanges(parts, parts.streams()));
    }

    /// As when two parts of equal length were written to each other's place.
    @Test
    void rowGroupsOfOneLengthInEachOthersPlaceAreDamage() {
        Specimen specimen =
                Specimens.specimen(
                        "alike",
                        List.of(
                                List.of(Specimens.series("a", 0, 20, i -> i % 2)),
                                List.of(Specimens.series("b", 0, 20, i -> 1 - i % 2)),
                                List.of(Specimens.series("b", 480, 20, i -> i % 2))));
        Anatomist parts = new Anatomist(specimen.bytes());
        List<Extent> groups = parts.index().groups().stream().map(RowGroup::extent).toList();
        assertThat(groups.stream().map(Extent::length).distinct()).hasSize(1);
        for (byte[] chunk : exchanges(parts, groups)) {
            assertThat(chunk).hasSize(specimen.chunk().length());
            assertThatThrownBy(() -> Reading.of(chunk)).isInstanceOf(DamagedChunk.class);
        }
    }

    private static List<byte[]> exchanges(Anatomist parts, List<Extent> extents) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < extents.size(); i++) {
            for (int k = i + 1; k < extents.size(); k++) {
                all.add(parts.exchanged(extents.get(i), extents.get(k)));
            }
        }
        return all;
    }

    /// Streams may be equal, byte for byte; then nothing has changed.
    private static void requireHarmless(Specimen specimen, List<byte[]> changed) {
        Reading original = Reading.of(specimen.bytes());
        for (byte[] chunk : changed) {
            requireDamageOrSameSeries(original, chunk);
        }
    }
}
