package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;
import io.tsvault.core.source.Reading;
import io.tsvault.wire.v1.ReadRequest.ResponseType;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/// Series of a remote read. Where chunks come that cannot be read, it asks again for samples and
/// goes on behind the series that it gave last.
final class RemoteReading implements Reading {
    private final Function<List<ResponseType>, RemoteRead.Begun> ask;
    private final boolean inOrder;
    private RemoteRead.Begun begun;
    private Optional<Labels> last = Optional.empty();
    private @Nullable Series next;
    private boolean ended;

    /// @param forms that are asked for first
    /// @param inOrder do series come in label order?
    RemoteReading(
            Function<List<ResponseType>, RemoteRead.Begun> ask,
            List<ResponseType> forms,
            boolean inOrder) {
        this.ask = ask;
        this.inOrder = inOrder;
        this.begun = ask.apply(forms);
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = advance();
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public Series next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("all series have been given");
        }
        Series given = next;
        next = null;
        last = Optional.of(given.labels());
        return given;
    }

    private @Nullable Series advance() {
        try {
            return begun.stream().next().orElse(null);
        } catch (UnknownEncoding e) {
            return advanceBySamples(e);
        }
    }

    private @Nullable Series advanceBySamples(UnknownEncoding e) {
        boolean isWithinSeries =
                begun.stream() instanceof ChunkStream chunks && chunks.isWithinSeries();
        if (isWithinSeries || (last.isPresent() && !inOrder)) {
            throw new Permanent(
                    "remote read: the server sends " + e.getMessage() + ", which are not known", e);
        }
        begun.answer().close();
        begun = ask.apply(List.of(ResponseType.SAMPLES));
        Optional<Series> more = begun.stream().next();
        while (more.isPresent() && last.isPresent() && isGiven(more.get())) {
            more = begun.stream().next();
        }
        return more.orElse(null);
    }

    private boolean isGiven(Series one) {
        return last.filter(labels -> one.labels().compareTo(labels) <= 0).isPresent();
    }

    @Override
    public Observed observed() {
        return begun.tally().observed();
    }

    @Override
    public void close() {
        begun.answer().close();
    }
}
