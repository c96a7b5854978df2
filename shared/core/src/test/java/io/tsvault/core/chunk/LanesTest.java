package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class LanesTest {
    private final TokenSink sink = new TokenSink();
    private final List<byte[]> columns = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "9999, 1",
        "10000, 2",
        "14999, 2",
        "79999, 15",
        "80000, 16",
        "99999, 16"
    })
    void aLaneNeedsFiveThousandTokens(int tokens, int lanes) {
        if (tokens > 0) {
            add(tokens, new Random(1), 0, 9);
        }
        assertThat(Lanes.of(sink).lanes()).isEqualTo(lanes);
    }

    @Test
    void columnsOfOneDistributionShareALane() {
        Random random = new Random(2);
        boolean[] low = new boolean[200];
        for (int i = 0; i < low.length; i++) {
            low[i] = random.nextBoolean();
            add(100, random, low[i] ? 0 : 90, low[i] ? 4 : 130);
        }
        Lanes lanes = Lanes.of(sink);
        assertThat(lanes.lanes()).isEqualTo(4);
        byte[] lane = lanes.laneOfColumn();
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < i; j++) {
                if (low[i] != low[j]) {
                    assertThat(lane[i]).as("seed 2, columns %d and %d", i, j).isNotEqualTo(lane[j]);
                }
            }
        }
    }

    /// The same tokens in other proportions, so that the mean says little.
    @Test
    void distributionsOfOneMeanAreToldApart() {
        Random random = new Random(3);
        for (int i = 0; i < 110; i++) {
            if (i % 2 == 0) {
                add(100, random, 20, 21);
            } else {
                add(100, random, 0, 41);
            }
        }
        Lanes lanes = Lanes.of(sink);
        assertThat(lanes.lanes()).isEqualTo(2);
        byte[] lane = lanes.laneOfColumn();
        for (int i = 0; i < 110; i++) {
            assertThat(lane[i]).as("seed 3, column %d", i).isEqualTo(lane[i % 2]);
        }
        assertThat(lane[0]).isNotEqualTo(lane[1]);
    }

    @Test
    void theFirstGuessPutsLowTokensInLowLanes() {
        Random random = new Random(4);
        for (int i = 0; i < 160; i++) {
            int token = 10 * (7 - (i % 8));
            add(250, random, token, token + 2);
        }
        Lanes lanes = Lanes.of(sink);
        assertThat(lanes.lanes()).isEqualTo(8);
        for (int i = 0; i < 160; i++) {
            assertThat(lanes.laneOfColumn()[i]).isEqualTo((byte) (7 - (i % 8)));
        }
    }

    @Test
    void aLaneHoldsItsColumnsTokensInOrder() {
        mixture(5);
        Lanes lanes = Lanes.of(sink);
        int all = 0;
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            ByteSink expected = new ByteSink();
            for (int i = 0; i < columns.size(); i++) {
                assertThat(lanes.count(i)).isEqualTo(columns.get(i).length);
                if (lanes.laneOfColumn()[i] == lane) {
                    expected.bytes(columns.get(i));
                }
            }
            assertThat(lanes.tokens(lane)).isEqualTo(expected.toArray());
            all += expected.size();
        }
        assertThat(all).isEqualTo(sink.size());
        assertThat(lanes.laneOfColumn()).hasSize(columns.size());
    }

    @Test
    void theLanesAreTheSameEveryTime() {
        mixture(6);
        byte[] once = Lanes.of(sink).laneOfColumn();
        assertThat(Lanes.of(sink).laneOfColumn()).isEqualTo(once);
        assertThat(once).contains(0, 1, 2);
    }

    /// A chunk is the same whoever writes it, so this changes only on purpose.
    @Test
    void theLanesAreTheSameOnEveryMachine() {
        StringBuilder lane = new StringBuilder();
        mixture(10);
        for (byte one : Lanes.of(sink).laneOfColumn()) {
            lane.append(one);
        }
        assertThat(lane)
                .hasToString(
                        "304333010144133414141430314003130111001043233334044403231100043030321344"
                            + "104004313201433423043430410431004310330400303421330030140312324012013010442043");
    }

    @Test
    void theEntropyIsThatOfTheLanesTokens() {
        mixture(7);
        Lanes lanes = Lanes.of(sink);
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            byte[] tokens = lanes.tokens(lane);
            double bits = bits(tokens, tokens.length) / tokens.length;
            assertThat(lanes.entropy(lane)).isCloseTo(bits, within(0.02));
        }
    }

    @Test
    void aColumnLiesWhereItsTokensAreCheapest() {
        mixture(8);
        Lanes lanes = Lanes.of(sink);
        double together = bits(sink.array(), sink.size());
        double apart = 0;
        for (int lane = 0; lane < lanes.lanes(); lane++) {
            byte[] tokens = lanes.tokens(lane);
            apart += bits(tokens, tokens.length);
        }
        assertThat(apart).isLessThan(0.9 * together);
    }

    @Test
    void twoPopulationsCompressBetterInLanes() {
        Random random = new Random(9);
        for (int i = 0; i < 200; i++) {
            add(100, random, i % 2 == 0 ? 0 : 70, i % 2 == 0 ? 5 : 110);
        }
        try (StreamSink lanes = new StreamSink();
                Zstd.Compressor zstd = new Zstd.Compressor()) {
            lanes.tokens(Lanes.of(sink));
            byte[] one = zstd.compressTokens(Arrays.copyOf(sink.array(), sink.size()), 5);
            assertThat(lanes.take().length).isLessThan((int) (0.85 * one.length));
        }
    }

    @Test
    void tokensOfEveryNumberHaveALane() {
        for (int token = 0; token < Token.COUNT; token++) {
            add(100, new Random(token), token, token + 1);
        }
        Lanes lanes = Lanes.of(sink);
        assertThat(lanes.lanes()).isEqualTo(3);
        assertThat(lanes.laneOfColumn()[0]).isZero();
        assertThat(lanes.laneOfColumn()[Token.COUNT - 1]).isEqualTo((byte) 2);
    }

    /// Columns of different lengths and distributions.
    private void mixture(long seed) {
        Random random = new Random(seed);
        int[][] ranges = {{0, 3}, {0, 60}, {60, 80}, {100, 170}};
        for (int i = 0; i < 150; i++) {
            int[] range = ranges[random.nextInt(ranges.length)];
            add(1 + random.nextInt(300), random, range[0], range[1]);
        }
    }

    private void add(int length, Random random, int from, int to) {
        byte[] column = new byte[length];
        sink.begin(length);
        for (int i = 0; i < length; i++) {
            int token = random.nextInt(from, to);
            column[i] = (byte) token;
            sink.add(token);
        }
        columns.add(column);
    }

    /// What a perfect coder of the whole needs.
    private static double bits(byte[] tokens, int size) {
        int[] counts = new int[256];
        for (int i = 0; i < size; i++) {
            counts[tokens[i] & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= count * (Math.log((double) count / size) / Math.log(2));
            }
        }
        return bits;
    }
}
