package io.tsvault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.failure.Transient;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

class ParallelTest {
    @Test
    void theAnswersComeInTheOrderOfTheCalls() {
        List<Supplier<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            calls.add(() -> number);
        }
        List<Integer> answers = Parallel.threads(4).all(calls);
        assertThat(answers).hasSize(100).isSorted();
    }

    @Test
    void nothingIsBegunOnceACallHasFailed() {
        AtomicInteger begun = new AtomicInteger();
        Supplier<Integer> dead =
                () -> {
                    begun.incrementAndGet();
                    throw new Transient("dead");
                };
        List<Supplier<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(dead);
        }
        assertThatThrownBy(() -> Parallel.threads(4).all(calls))
                .isInstanceOf(Transient.class)
                .hasMessageContaining("dead");
        assertThat(begun.get()).isBetween(1, 4);
    }
}
