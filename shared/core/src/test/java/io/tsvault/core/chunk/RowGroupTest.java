package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowGroupTest {
    @Test
    void anExtentEndsWhereTheNextByteLies() {
        assertThat(new RowGroup.Extent(1L << 40, 7).end()).isEqualTo((1L << 40) + 7);
    }
}
