package io.tsvault.core.vault;

import io.tsvault.core.failure.Transient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Makes calls that do not wait for each other.
public interface Parallel {
    /// One after the other.
    Parallel IN_ORDER = Parallel::inOrder;

    /// The answers in the order of the calls; fails as one of them that fails. Once one has failed,
    /// no further call is begun.
    <T> List<T> all(List<Supplier<T>> calls);

    /// Some at a time, each in a thread.
    static Parallel threads(int atOnce) {
        return new Threads(atOnce);
    }

    private static <T> List<T> inOrder(List<Supplier<T>> calls) {
        return calls.stream().map(Supplier::get).toList();
    }

    /// Some at a time, each in a thread.
    ///
    /// @param atOnce how many
    record Threads(int atOnce) implements Parallel {
        @Override
        public <T> List<T> all(List<Supplier<T>> calls) {
            if (calls.size() <= 1) {
                return inOrder(calls);
            }
            Semaphore places = new Semaphore(atOnce);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                AtomicBoolean failed = new AtomicBoolean();
                List<Future<Optional<T>>> answers = new ArrayList<>();
                for (Supplier<T> call : calls) {
                    answers.add(threads.submit(() -> one(call, places, failed)));
                }
                List<T> results = new ArrayList<>();
                for (Future<Optional<T>> answer : answers) {
                    answer.get().ifPresent(results::add);
                }
                return results;
            } catch (ExecutionException e) {
                throw unwrapped(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Transient("interrupted while it waited for answers", e);
            }
        }

        /// Nothing is begun once a call has failed.
        private static <T> Optional<T> one(Supplier<T> call, Semaphore places, AtomicBoolean failed)
                throws InterruptedException {
            places.acquire();
            boolean done = failed.get();
            try {
                Optional<T> answer = done ? Optional.empty() : Optional.of(call.get());
                done = true;
                return answer;
            } finally {
                failed.compareAndSet(false, !done);
                places.release();
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
}
