package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValueColumnsTest {
    @Test
    void columnsLieOneBehindTheOther() {
        ValueColumns columns = new ValueColumns(2);
        assertThat(columns.add(2)).isZero();
        assertThat(columns.array()).hasSize(2);
        assertThat(columns.add(1)).isEqualTo(1);
        assertThat(columns.add(100)).isEqualTo(2);
        assertThat(columns.array()).hasSize(103);
        assertThat(columns.count()).isEqualTo(3);
        assertThat(columns.start(0)).isZero();
        assertThat(columns.start(2)).isEqualTo(3);
        assertThat(columns.start(3)).isEqualTo(103);
        assertThat(columns.size(1)).isEqualTo(1);
        assertThat(columns.size(2)).isEqualTo(100);
        columns.add(1);
        assertThat(columns.array()).hasSize(206);
        columns.clear();
        assertThat(columns.count()).isZero();
        assertThat(columns.add(4)).isZero();
        assertThat(columns.start(1)).isEqualTo(4);
    }

    @Test
    void thereIsRoomForManyColumnsThatKeepTheirValues() {
        ValueColumns columns = new ValueColumns(0);
        for (int i = 0; i < 500; i++) {
            int column = columns.add(2);
            columns.array()[columns.start(column)] = i % 100;
            columns.array()[columns.start(column) + 1] = 7;
        }
        for (int i = 0; i < 500; i++) {
            assertThat(columns.start(i)).isEqualTo(2 * i);
            assertThat(columns.array()[2 * i]).isEqualTo(i % 100);
            assertThat(columns.same(0, i)).isEqualTo(i % 100 == 0);
        }
    }
}
