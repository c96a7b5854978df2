package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketFamiliesTest {
    private final BucketFamilies families = new BucketFamilies();

    @ParameterizedTest
    @ValueSource(strings = {"a", "l", "lf", "m", "zone"})
    void theBucketBeforeHasAllOtherLabels(String other) {
        assertThat(before(4, "le", "1", other, "x")).isEqualTo(-1);
        assertThat(before(5, "le", "1", other, "y")).isEqualTo(-1);
        assertThat(before(6, "le", "2", other, "x")).isEqualTo(4);
        assertThat(before(8, "le", "+Inf", other, "x")).isEqualTo(6);
        assertThat(before(9, "le", "2", other, "y")).isEqualTo(5);
    }

    @Test
    void labelsOnBothSidesCount() {
        assertThat(before(1, "job", "a", "le", "1", "zone", "b")).isEqualTo(-1);
        assertThat(before(2, "job", "b", "le", "1", "zone", "b")).isEqualTo(-1);
        assertThat(before(3, "job", "a", "le", "1", "zone", "a")).isEqualTo(-1);
        assertThat(before(4, "job", "a", "le", "10", "zone", "b")).isEqualTo(1);
        assertThat(before(5, "le", "1")).isEqualTo(-1);
        assertThat(before(6, "le", "2")).isEqualTo(5);
    }

    @Test
    void aSeriesWithoutBoundHasNoFamily() {
        for (int column = 0; column < 3; column++) {
            assertThat(before(column, "job", "le", "l", "e", "xe", "1", "le2", "1")).isEqualTo(-1);
            assertThat(before(column)).isEqualTo(-1);
        }
    }

    @Test
    void anotherGroupBeginsWithoutFamilies() {
        assertThat(before(0, "le", "1")).isEqualTo(-1);
        families.clear();
        assertThat(before(1, "le", "2")).isEqualTo(-1);
    }

    private int before(int column, String... labels) {
        return families.before(Labels.of(labels).bytes(), column);
    }
}
