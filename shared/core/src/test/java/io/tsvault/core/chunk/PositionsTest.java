package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionsTest {
    @Test
    void positionsAreKeptInOrder() {
        Positions positions = positions(3, 5, 8);
        assertThat(positions.size()).isEqualTo(3);
        assertThat(positions.get(0)).isEqualTo(3);
        assertThat(positions.get(2)).isEqualTo(8);
        positions.clear();
        assertThat(positions.size()).isZero();
    }

    @Test
    void thereIsRoomForAnyNumber() {
        Positions many = new Positions();
        for (int i = 0; i < 100; i++) {
            many.add(3 * i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(many.get(i)).isEqualTo(3 * i);
        }
        Positions copy = positions(1);
        copy.copyFrom(many);
        assertThat(copy.same(many)).isTrue();
        copy.add(1000);
        assertThat(many.size()).isEqualTo(100);
    }

    @Test
    void theSamePositionsAreTheSameWhateverWasThereBefore() {
        Positions longer = positions(1, 2, 3);
        longer.clear();
        assertThat(longer.same(new Positions())).isTrue();
        longer.add(1);
        assertThat(longer.same(positions(1))).isTrue();
        assertThat(longer.same(positions(2))).isFalse();
        assertThat(longer.same(positions(1, 2))).isFalse();
        longer.copyFrom(positions());
        assertThat(longer.size()).isZero();
    }

    @Test
    void integersAtPositionsRepeatTheOneBefore() {
        assertThat(carried(positions(1, 2, 4), 5, -1, -1, 6, -1, 7))
                .containsExactly(5, 5, 5, 6, 6, 7);
        assertThat(carried(positions(), 5, 6)).containsExactly(5, 6);
    }

    @Test
    void integersInFrontRepeatTheFirstWithoutAPosition() {
        assertThat(carried(positions(0, 1, 3), -1, -1, 9, -1)).containsExactly(9, 9, 9, 9);
        assertThat(carried(positions(0, 2), -1, 8, -1)).containsExactly(8, 8, 8);
    }

    @Test
    void integersThatAllHavePositionsAreZero() {
        assertThat(carried(positions(0, 1), -1, -1)).containsExactly(0, 0);
    }

    private static long[] carried(Positions positions, long... integers) {
        positions.carryOver(integers, integers.length);
        return integers;
    }

    private static Positions positions(int... positions) {
        Positions result = new Positions();
        for (int position : positions) {
            result.add(position);
        }
        return result;
    }
}
