package io.tsvault.core.export;

import io.tsvault.core.chunk.Chunk;
import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Metadata.Glossary;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/// Writes what is captured, with what describes it, and counts it: how many samples of each metric,
/// for each selector, without those that only say that a series has ended.
final class Captured {
    private static final int TOLD_EVERY = 100_000;

    private final List<Selector> selectors;
    private final Counts counts;
    private final ChunkWriter writer;
    private final Progress progress;
    private final Glossary glossary;
    private final LeftOut leftOut = new LeftOut();
    private long forgotten;
    private long samples;
    private long firstMs = Long.MAX_VALUE;
    private long untold;
    private long bytes;
    private long series;

    /// @param glossary what is known of metrics; as much as there is room for is kept
    Captured(
            List<Selector> selectors,
            Consumer<Chunk> chunks,
            Glossary glossary,
            Progress progress) {
        this.selectors = selectors;
        this.glossary = glossary;
        this.counts = new Counts(selectors);
        this.progress = progress;
        this.writer =
                new ChunkWriter(
                        chunk -> {
                            bytes += chunk.length();
                            series += chunk.summary().series();
                            chunks.accept(chunk);
                        });
    }

    void add(Series series) {
        count(series);
        keep(series);
    }

    /// Keeps what the source does not count, or was counted before.
    void keep(Series series) {
        if (series.labels().byteLength() > ChunkWriter.MOST_LABEL_BYTES) {
            leftOut.add(series);
            return;
        }
        glossary.of(metric(series)).forEach(this::describe);
        writer.add(series);
        long all = series.size();
        samples += all;
        firstMs = Math.min(firstMs, firstMs(series));
        untold += all;
        if (untold >= TOLD_EVERY) {
            tell();
        }
    }

    /// These were kept before, and the source has them no more.
    void forgotten(Series series) {
        forgotten += series.size();
    }

    /// How many samples were kept before, and the source has no more.
    long forgotten() {
        return forgotten;
    }

    private void describe(Metadata metadata) {
        if (writer.hasRoomFor(metadata)) {
            writer.add(metadata);
        } else {
            leftOut.addDescription();
        }
    }

    private static String metric(Series series) {
        return series.labels().get(Labels.METRIC_NAME).orElse("");
    }

    private static long firstMs(Series series) {
        long floats =
                series.samples().size() == 0 ? Long.MAX_VALUE : series.samples().timestampMs(0);
        return series.histograms().size() == 0
                ? floats
                : Math.min(floats, series.histograms().timestampMs(0));
    }

    /// Counts what the source counts too.
    void count(Series series) {
        counts.add(series);
    }

    private void tell() {
        progress.reads(untold);
        untold = 0;
    }

    /// Finishes the last chunk.
    void close() {
        tell();
        writer.close();
    }

    void discard() {
        writer.discard();
    }

    /// What no chunk can hold.
    LeftOut leftOut() {
        return leftOut;
    }

    /// When the first sample of all was taken.
    long firstMs() {
        return firstMs;
    }

    Amount amount() {
        return new Amount(samples, series, bytes);
    }

    /// What was asked for.
    List<Selector> selectors() {
        return selectors;
    }

    /// Samples of each metric that selector `i` means.
    SortedMap<String, Long> counts(int i) {
        return counts.of(i);
    }
}
