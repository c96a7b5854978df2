package io.tsvault.core.chunk;

import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.HistogramLayout;
import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;
import io.tsvault.core.series.Histograms;

import java.util.Arrays;
import java.util.List;

/// The digest of the histograms of one series, whatever their encoding: see "Digest" in the
/// description of the package.
final class HistogramDigest {
    private long[] words = new long[64];
    private int size;

    private HistogramDigest() {}

    static long of(Histograms histograms) {
        if (histograms.size() == 0) {
            return 0;
        }
        HistogramDigest one = new HistogramDigest();
        HistogramDigest all = new HistogramDigest();
        HistogramLayout layout = histograms.histogram(0).layout();
        long layoutWord = one.layout(layout);
        for (int i = 0; i < histograms.size(); i++) {
            Histogram histogram = histograms.histogram(i);
            if (!histogram.layout().equals(layout)) {
                layout = histogram.layout();
                layoutWord = one.layout(layout);
            }
            all.add(histograms.timestampMs(i));
            all.add(one.histogram(histogram, layoutWord));
        }
        return all.take();
    }

    private long histogram(Histogram histogram, long layout) {
        add(layout);
        add(HistogramEncoder.HINTS.indexOf(histogram.resetHint()));
        add(histogram.totals().count());
        add(histogram.totals().zeroCount());
        add(histogram.totals().sumBits());
        for (int i = 0; i < histogram.buckets(); i++) {
            add(histogram.bucket(i));
        }
        return take();
    }

    private long layout(HistogramLayout layout) {
        add(layout.flavour() == Flavour.FLOAT ? 1 : 0);
        add(layout.schema());
        add(layout.zeroThresholdBits());
        spans(layout.positive());
        spans(layout.negative());
        add(layout.customBounds().size());
        layout.customBounds().forEach(this::add);
        return take();
    }

    private void spans(List<Span> spans) {
        add(spans.size());
        for (Span span : spans) {
            add(span.offset());
            add(span.length());
        }
    }

    private void add(long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = word;
    }

    private long take() {
        long hash = XxHash.of(words, 0, size);
        size = 0;
        return hash;
    }
}
