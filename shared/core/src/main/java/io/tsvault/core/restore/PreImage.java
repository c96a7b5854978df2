package io.tsvault.core.restore;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.chunk.ChunkSummary;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.series.Histogram;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.vault.key.JobFile.Kind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What a target had where a job replaced it. Where a sample was kept twice, because a run was
/// killed, the first is what the target had before the job.
final class PreImage implements AutoCloseable {
    /// What lies in one window is held.
    private static final long WIDTH_MS = Duration.ofMinutes(10).toMillis();

    private static final Selector ALL = Selector.of(List.of());

    private final List<ChunkReader> chunks = new ArrayList<>();

    PreImage(Job job) {
        job.files(Kind.REPLACED).forEach(file -> chunks.add(ChunkReader.open(file)));
    }

    private record Point(long bits, Optional<Histogram> histogram) {}

    /// From the first sample to behind the last; none if nothing was replaced.
    Optional<TimeRange> range() {
        return chunks.stream()
                .map(ChunkReader::summary)
                .map(PreImage::range)
                .reduce(TimeRange::span);
    }

    private static TimeRange range(ChunkSummary summary) {
        return new TimeRange(summary.minTimeMs(), summary.maxTimeMs() + 1);
    }

    /// All of it, window by window, oldest first.
    List<Window> windows() {
        return range().stream()
                .flatMap(all -> all.cut(WIDTH_MS).stream())
                .filter(window -> chunks.stream().anyMatch(chunk -> reaches(chunk, window)))
                .map(
                        window ->
                                new Window(
                                        window,
                                        List.of(StreamConfig.EVERYTHING),
                                        () -> Reading.of(had(window))))
                .toList();
    }

    private static boolean reaches(ChunkReader chunk, TimeRange window) {
        return range(chunk.summary()).meets(window);
    }

    private Iterator<Series> had(TimeRange window) {
        NavigableMap<Labels, NavigableMap<Long, Point>> had = new TreeMap<>();
        for (ChunkReader chunk : chunks) {
            if (reaches(chunk, window)) {
                chunk.series(ALL, window).forEach(series -> add(had, series));
            }
        }
        return had.entrySet().stream()
                .map(entry -> series(entry.getKey(), entry.getValue()))
                .iterator();
    }

    private static void add(NavigableMap<Labels, NavigableMap<Long, Point>> had, Series series) {
        NavigableMap<Long, Point> points =
                had.computeIfAbsent(series.labels(), _ -> new TreeMap<>());
        Samples samples = series.samples();
        for (int i = 0; i < samples.size(); i++) {
            points.putIfAbsent(
                    samples.timestampMs(i), new Point(samples.valueBits(i), Optional.empty()));
        }
        Histograms histograms = series.histograms();
        for (int i = 0; i < histograms.size(); i++) {
            points.putIfAbsent(
                    histograms.timestampMs(i), new Point(0, Optional.of(histograms.histogram(i))));
        }
    }

    private static Series series(Labels labels, NavigableMap<Long, Point> points) {
        Samples.Builder samples = Samples.builder();
        Histograms.Builder histograms = Histograms.builder();
        points.forEach(
                (ms, point) ->
                        point.histogram()
                                .ifPresentOrElse(
                                        histogram -> histograms.add(ms, histogram),
                                        () -> samples.addBits(ms, point.bits())));
        return new Series(labels, samples.build(), histograms.build());
    }

    @Override
    public void close() {
        chunks.forEach(ChunkReader::close);
    }
}
