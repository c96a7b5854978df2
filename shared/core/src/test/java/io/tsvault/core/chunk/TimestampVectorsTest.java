package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.chunk.TimestampVectors.Slice;
import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class TimestampVectorsTest {
    private List<long[]> vectors = List.of();

    @Test
    void seriesOfOneScrapeShareAVector() {
        Slice[] slices = place(at(1, 2, 3), at(1, 2, 3), at(1, 2, 3));
        assertThat(vectors).containsExactly(new long[] {1, 2, 3});
        assertThat(slices).containsOnly(new Slice(0, 0, 3));
    }

    @Test
    void aSeriesThatCameLaterOrWentEarlierHasASlice() {
        Slice[] slices = place(at(2, 3), at(1, 2, 3, 4), at(1), at(3, 4), at(4), at(1, 2, 3));
        assertThat(vectors).containsExactly(new long[] {1, 2, 3, 4});
        assertThat(slices)
                .containsExactly(
                        new Slice(0, 1, 2),
                        new Slice(0, 0, 4),
                        new Slice(0, 0, 1),
                        new Slice(0, 2, 2),
                        new Slice(0, 3, 1),
                        new Slice(0, 0, 3));
    }

    @Test
    void oneThatGoesOnBehindTheEndIsNoSlice() {
        place(at(1, 2, 3), at(3, 4), at(0, 1));
        assertThat(vectors).hasSize(3);
    }

    @Test
    void aGapMakesAVectorOfItsOwnThatTwinsShare() {
        Slice[] slices = place(at(1, 2, 3, 4), at(1, 2, 4), at(1, 2, 4), at(1, 3, 4), at(1, 2, 4));
        assertThat(vectors).hasSize(3);
        assertThat(slices[1]).isEqualTo(new Slice(1, 0, 3)).isEqualTo(slices[2]);
        assertThat(slices[4]).isEqualTo(slices[2]);
        assertThat(slices[3]).isEqualTo(new Slice(2, 0, 3));
    }

    @Test
    void theFirstVectorWithATimestampIsWhereSlicesAreLookedFor() {
        Slice[] slices = place(at(1, 2, 3, 4), at(1, 3, 5), at(3, 4), at(5), at(3, 5));
        assertThat(slices[2]).isEqualTo(new Slice(0, 2, 2));
        assertThat(slices[3]).isEqualTo(new Slice(1, 2, 1));
        assertThat(slices[4]).isEqualTo(new Slice(2, 0, 2));
    }

    @Test
    void slicesAreLookedForInThe64LongestVectors() {
        Samples[] columns = new Samples[140];
        for (int i = 0; i < 70; i++) {
            columns[i] = Samples.of(Shapes.timestamps(i, 200 - i), new long[200 - i]);
            columns[i + 70] = columns[i].part(10, 20);
        }
        Slice[] slices = place(columns);
        assertThat(vectors).hasSize(76);
        for (int i = 0; i < 70; i++) {
            Slice slice = i < 64 ? new Slice(i, 10, 10) : new Slice(i + 6, 0, 10);
            assertThat(slices[i + 70]).isEqualTo(slice);
        }
    }

    @Test
    void timestampsMayLieAtTheEndsOfTheRange() {
        Slice[] slices =
                place(
                        at(Long.MIN_VALUE, -1, 0, Long.MAX_VALUE),
                        at(Long.MAX_VALUE),
                        at(Long.MIN_VALUE),
                        at(0, Long.MAX_VALUE));
        assertThat(vectors).hasSize(1);
        assertThat(slices[1]).isEqualTo(new Slice(0, 3, 1));
        assertThat(slices[2]).isEqualTo(new Slice(0, 0, 1));
        assertThat(slices[3]).isEqualTo(new Slice(0, 2, 2));
    }

    @Test
    void partsThatShareTheirArraysAreFoundToo() {
        Samples whole = at(1, 2, 3, 4);
        Slice[] slices = place(whole.part(1, 3), whole);
        assertThat(slices[0]).isEqualTo(new Slice(0, 1, 2));
    }

    @Test
    void thereIsRoomForAnyNumberOfTimestamps() {
        Samples[] all = new Samples[60];
        for (int i = 0; i < all.length; i++) {
            long[] timestamps = new long[1000 + i];
            int jitter = i;
            Arrays.setAll(timestamps, k -> (1000L * k) + jitter);
            all[i] = Samples.of(timestamps, new long[timestamps.length]);
        }
        Samples[] twice = Arrays.copyOf(all, 2 * all.length);
        Arrays.setAll(twice, i -> i < 60 ? all[i] : all[i - 60].part(500, 1000));
        Slice[] slices = place(twice);
        assertThat(vectors).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(slices[i + 60]).isEqualTo(new Slice(slices[i].vector(), 500, 500));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySliceHoldsItsSeriesTimestamps(long seed) {
        Random random = new Random(seed);
        Samples[] columns = new Samples[200];
        for (int i = 0; i < columns.length; i++) {
            TreeSet<Long> timestamps = new TreeSet<>();
            int n = 1 + random.nextInt(30);
            boolean regular = random.nextInt(4) > 0;
            long start = random.nextInt(8);
            for (int k = 0; k < n; k++) {
                timestamps.add(regular ? start + k : random.nextInt(40));
            }
            columns[i] = at(timestamps.stream().mapToLong(t -> t).toArray());
        }
        Slice[] slices = place(columns);
        for (int i = 0; i < columns.length; i++) {
            Slice slice = slices[i];
            assertThat(slice.size()).isEqualTo(columns[i].size());
            assertThat(columns[i].hasTimestamps(vectors.get(slice.vector()), slice.from()))
                    .as("seed %d, series %d", seed, i)
                    .isTrue();
        }
        assertThat(vectors.stream().map(Arrays::hashCode)).doesNotHaveDuplicates();
    }

    private Slice[] place(Samples... columns) {
        Slice[] slices = new Slice[columns.length];
        vectors = TimestampVectors.of(List.of(columns), slices).vectors();
        return slices;
    }

    private static Samples at(long... timestamps) {
        return Samples.of(timestamps, new long[timestamps.length]);
    }
}
