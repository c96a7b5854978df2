package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenSinkTest {
    @Test
    void columnsLieOneBehindTheOther() {
        TokenSink sink = new TokenSink();
        sink.begin(2);
        sink.add(5);
        sink.add(179);
        sink.begin(0);
        sink.begin(1);
        sink.add(7);
        assertThat(sink.columns()).isEqualTo(2);
        assertThat(sink.size()).isEqualTo(3);
        assertThat(sink.start(0)).isZero();
        assertThat(sink.start(1)).isEqualTo(2);
        assertThat(sink.start(2)).isEqualTo(3);
        assertThat(sink.array()).startsWith(5, 179, 7);
        sink.clear();
        assertThat(sink.columns()).isZero();
        assertThat(sink.start(0)).isZero();
    }

    @Test
    void thereIsRoomForManyColumnsAndLongOnes() {
        TokenSink sink = new TokenSink();
        for (int column = 0; column < 300; column++) {
            int length = column == 200 ? 20_000 : 1 + (column * 7 % 90);
            sink.begin(length);
            for (int i = 0; i < length; i++) {
                sink.add(column % 180);
            }
        }
        for (int column = 0; column < 300; column++) {
            for (int i = sink.start(column); i < sink.start(column + 1); i++) {
                assertThat(sink.array()[i]).isEqualTo((byte) (column % 180));
            }
            int length = column == 200 ? 20_000 : 1 + (column * 7 % 90);
            assertThat(sink.start(column + 1) - sink.start(column)).isEqualTo(length);
        }
    }
}
