package io.tsvault.core.store;

import io.tsvault.core.failure.Transient;
import io.tsvault.core.store.ObjectStore.Creation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Many create the same object at once, each with its own bytes.
final class StoreRace {
    private static final int RACERS = 8;
    private static final Creation LOST = Creation.ALREADY_THERE;

    private StoreRace() {}

    /// What they were told.
    ///
    /// @param won how many were told that theirs is there
    /// @param kept is what is there that of one who was not told otherwise?
    record Result(long won, boolean kept) {
        boolean isFair() {
            return won <= 1 && kept;
        }

        @Override
        public String toString() {
            return "of %d writers %d were told that theirs was first, and it is %s"
                    .formatted(RACERS, won, kept ? "there" : "not there");
        }
    }

    static Result run(ObjectStore store, String key) {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Callable<Optional<Creation>>> racers = new ArrayList<>();
        for (byte racer = 0; racer < RACERS; racer++) {
            byte[] bytes = {racer};
            racers.add(
                    () -> {
                        start.await();
                        return tried(store, key, bytes);
                    });
        }
        List<Optional<Creation>> answers = answers(racers);
        long won = answers.stream().filter(Optional.of(Creation.CREATED)::equals).count();
        byte[] there = store.read(key, 1).orElse(new byte[0]);
        boolean kept =
                IntStream.range(0, RACERS)
                        .filter(racer -> answers.get(racer).filter(LOST::equals).isEmpty())
                        .anyMatch(racer -> Arrays.equals(there, new byte[] {(byte) racer}));
        return new Result(won, kept);
    }

    private static Optional<Creation> tried(ObjectStore store, String key, byte[] bytes) {
        try {
            return Optional.of(store.create(key, bytes));
        } catch (Transient _) {
            return Optional.empty(); // it may have won
        }
    }

    private static List<Optional<Creation>> answers(List<Callable<Optional<Creation>>> racers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Optional<Creation>> answers = new ArrayList<>();
            for (Future<Optional<Creation>> answer : threads.invokeAll(racers)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transient("interrupted during a race of writers", e);
        }
    }
}
