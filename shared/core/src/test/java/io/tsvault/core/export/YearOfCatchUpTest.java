package io.tsvault.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.store.ChildJvm;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

@Tag("slow")
class YearOfCatchUpTest {
    private static final int SLICES = 365 * 96;

    /// In the heap of the child, 128 MB, of which the store has most for the records.
    @Test
    void aYearIsCaughtUpInLittleHeapAndFewRequests() throws Exception {
        Process child = ChildJvm.start(List.of(), YearOfCatchUp.class);
        String said = ChildJvm.said(child);
        assertThat(child.waitFor()).isZero();

        assertThat(count(said, "slices")).isEqualTo(SLICES);
        assertThat(count(said, "left")).isZero();
        assertThat(count(said, "source read")).isEqualTo(SLICES);
        assertThat(count(said, "source count")).isBetween(SLICES / 13, SLICES / 11);
        assertThat(count(said, "source ")).isLessThan(SLICES + (SLICES / 11) + 20);
        assertThat(count(said, "store create")).isBetween(2 * SLICES, 2 * SLICES * 21 / 20);
        assertThat(count(said, "store read")).isLessThan(SLICES / 30);
        assertThat(count(said, "store list")).isLessThan(10);
    }

    /// Of all lines that begin so.
    private static int count(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
