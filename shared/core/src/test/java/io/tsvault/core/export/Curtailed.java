package io.tsvault.core.export;

import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A source behind something that gives less than it has, without any sign, while it is told to.
final class Curtailed extends Relay {
    private final Source source;
    private boolean curtails;
    private UnaryOperator<Samples> cut = samples -> samples.part(0, samples.size() / 2);

    Curtailed(Source source) {
        this.source = source;
    }

    Curtailed curtails(boolean now) {
        curtails = now;
        return this;
    }

    /// Nothing at all comes.
    Curtailed toNothing() {
        cut = samples -> samples.part(0, 0);
        return this;
    }

    @Override
    protected Source source() {
        return source;
    }

    @Override
    public Reading read(Mode mode, Selector selector, TimeRange range) {
        Reading whole = source.read(mode, selector, range);
        if (!curtails) {
            return whole;
        }
        List<Series> less = new ArrayList<>();
        whole.forEachRemaining(
                series -> {
                    Series rest = new Series(series.labels(), cut.apply(series.samples()));
                    if (rest.size() > 0) {
                        less.add(rest);
                    }
                });
        return Reading.of(less.iterator(), whole::close);
    }
}
