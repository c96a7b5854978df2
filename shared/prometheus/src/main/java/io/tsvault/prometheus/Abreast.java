package io.tsvault.prometheus;

import io.tsvault.core.failure.Transient;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Asks about one metric after the other, or about some at one time.
///
/// @param atOnce how many
record Abreast(int atOnce) {
    static final Abreast ONE = new Abreast(1);

    /// Checks the number.
    Abreast {
        if (atOnce < 1) {
            throw new IllegalArgumentException(atOnce + " queries at one time: take 1 or more");
        }
    }

    /// Does this with each. Once it has failed, nothing more is begun; the failure is thrown when
    /// what had begun has ended.
    void each(List<String> metrics, Consumer<String> work) {
        if (atOnce == 1 || metrics.size() < 2) {
            metrics.forEach(work);
            return;
        }
        Queue<String> left = new ConcurrentLinkedQueue<>(metrics);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(atOnce, metrics.size()); i++) {
                workers.add(threads.submit(() -> drain(left, work)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transient("interrupted while it waited for answers", e);
        }
    }

    private static void drain(Queue<String> left, Consumer<String> work) {
        try {
            for (String next = left.poll(); next != null; next = left.poll()) {
                work.accept(next);
            }
        } catch (RuntimeException | Error e) {
            left.clear();
            throw e;
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        return switch (failure.getCause()) {
            case Error error -> throw error;
            case RuntimeException known -> known;
            case null, default -> new IllegalStateException(failure);
        };
    }
}
