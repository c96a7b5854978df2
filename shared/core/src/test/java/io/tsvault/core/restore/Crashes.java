package io.tsvault.core.restore;

import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.store.Passage;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The end of a process at one of its requests: that one is carried out, or not; none follows.
final class Crashes {
    private final int at;
    private final boolean carriedOut;
    private int requests;

    /// It has ended.
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// @param at the number of the request, from 1 on
    /// @param carriedOut is that one carried out?
    Crashes(int at, boolean carriedOut) {
        this.at = at;
        this.carriedOut = carriedOut;
    }

    private synchronized <T> T request(Supplier<T> work) {
        requests++;
        if (requests < at) {
            return work.get();
        }
        if (requests == at && carriedOut) {
            var _ = work.get();
        }
        throw new Crash();
    }

    private void order(Runnable work) {
        var _ =
                request(
                        () -> {
                            work.run();
                            return true;
                        });
    }

    ObjectStore store(ObjectStore to) {
        return new Passage(to) {
            @Override
            public Creation create(String key, byte[] bytes) {
                return request(() -> super.create(key, bytes));
            }

            @Override
            public Optional<byte[]> read(String key, int mostBytes) {
                return request(() -> super.read(key, mostBytes));
            }
        };
    }

    Target target(Target to) {
        return new Target() {
            @Override
            public Standing probe() {
                return request(to::probe);
            }

            @Override
            public Outcome write(List<Series> batch) {
                return request(() -> to.write(batch));
            }

            @Override
            public Outcome describe(List<Metadata> metadata) {
                return request(() -> to.describe(metadata));
            }

            @Override
            public Source readBack() {
                return request(to::readBack);
            }

            @Override
            public Optional<Mode> readMode() {
                return to.readMode();
            }

            @Override
            public void delete(Selector selector, TimeRange range) {
                order(() -> to.delete(selector, range));
            }

            @Override
            public void close() {
                to.close();
            }
        };
    }
}
