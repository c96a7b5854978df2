package io.tsvault.core.restore;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.manifest.Manifest;
import io.tsvault.core.relabel.Relabelling;
import io.tsvault.core.replay.Archive;
import io.tsvault.core.replay.Archive.Section;
import io.tsvault.core.replay.Archive.Traffic;
import io.tsvault.core.replay.Replay.Window;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Metadata.Glossary;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Sorter;
import io.tsvault.core.source.Source;
import io.tsvault.core.vault.StreamLog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a restore should make of a target: the series of the backup that were asked for, with new
/// labels, at other times.
final class Expectation {
    private final List<Archive> archives;
    private final Manifest manifest;
    private final Relabelling relabelling;
    private final long shiftMs;
    private final Glossary glossary = new Glossary();
    private final List<Metadata> untold = new ArrayList<>();

    Expectation(List<Archive> archives, Manifest manifest) {
        this.archives = List.copyOf(archives);
        this.manifest = manifest;
        this.relabelling = Relabelling.of(manifest.relabel());
        this.shiftMs = manifest.shift().toMillis();
    }

    static Expectation of(List<StreamLog> logs, Manifest manifest) {
        Instant asOf = manifest.asOf().orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
        return new Expectation(
                logs.stream().map(log -> Archive.of(log, manifest.range(), asOf)).toList(),
                manifest);
    }

    /// The times that are backed up, as they will be in the target, without those between them.
    List<TimeRange> covered() {
        List<TimeRange> slices =
                archives.stream()
                        .flatMap(archive -> archive.slices().stream())
                        .map(Archive.Kept::slice)
                        .filter(wanted()::meets)
                        .sorted(Comparator.comparingLong(TimeRange::startMs))
                        .toList();
        List<TimeRange> covered = new ArrayList<>();
        for (TimeRange slice : slices) {
            boolean goesOn = !covered.isEmpty() && covered.getLast().endMs() >= slice.startMs();
            long endMs = Math.min(slice.endMs(), wanted().endMs());
            long startMs =
                    goesOn
                            ? covered.removeLast().startMs()
                            : Math.max(slice.startMs(), wanted().startMs());
            covered.add(new TimeRange(startMs, endMs));
        }
        return covered.stream()
                .map(all -> new TimeRange(all.startMs() + shiftMs, all.endMs() + shiftMs))
                .toList();
    }

    /// The times that there are samples of, as they will be in the target.
    Optional<TimeRange> range() {
        return covered().stream().reduce(TimeRange::span);
    }

    /// What was read of the backup up to now.
    Traffic traffic() {
        return archives.stream().map(Archive::traffic).reduce(new Traffic(0, 0), Traffic::plus);
    }

    private TimeRange wanted() {
        return manifest.range();
    }

    /// A window of the target.
    Window window(TimeRange range) {
        return new Window(range, selectors(), () -> open(range));
    }

    /// What the target is asked for; with new labels nobody knows which.
    private List<Selector> selectors() {
        return manifest.relabel().isEmpty() && !manifest.match().isEmpty()
                ? manifest.match()
                : List.of(StreamConfig.EVERYTHING);
    }

    private Reading open(TimeRange range) {
        TimeRange there =
                new TimeRange(
                        Math.max(range.startMs() - shiftMs, wanted().startMs()),
                        Math.min(range.endMs() - shiftMs, wanted().endMs()));
        List<Section> sections = new ArrayList<>();
        try {
            // One piece, or two when times are shifted by less than a window.
            for (TimeRange piece : there.cut(Source.WINDOW_MS)) {
                archives.forEach(archive -> sections.add(archive.open(piece)));
            }
            return isOrdered() && sections.size() == 1
                    ? Reading.of(meant(sections.getFirst()).iterator(), sections.getFirst()::close)
                    : sorted(range, sections);
        } catch (RuntimeException | Error e) {
            sections.forEach(Section::close);
            throw e;
        }
    }

    private boolean isOrdered() {
        return manifest.relabel().isEmpty();
    }

    private Reading sorted(TimeRange range, List<Section> sections) {
        Sorter sorter = new Sorter(range, Sorter.DEFAULT_HELD_BYTES);
        try {
            sections.forEach(section -> meant(section).forEach(sorter::add));
            sections.forEach(Section::close);
            return sorter.sorted(Reading.Observed.NOTHING);
        } catch (RuntimeException | Error e) {
            sorter.close();
            throw e;
        }
    }

    private Stream<Series> meant(Section section) {
        know(section.metadata());
        Iterator<Series> all = section.series(Selector.of(List.of()));
        Iterable<Series> once = () -> all;
        return StreamSupport.stream(once.spliterator(), false)
                .filter(series -> manifest.selects(series.labels()))
                .flatMap(series -> renamed(series).stream())
                .peek(this::describe)
                .map(this::shifted);
    }

    private synchronized void know(List<Metadata> metadata) {
        glossary.know(metadata);
    }

    private synchronized void describe(Series series) {
        series.labels()
                .get(Labels.METRIC_NAME)
                .ifPresent(metric -> untold.addAll(glossary.of(metric)));
    }

    /// What the metrics are that were met since this was asked last.
    synchronized List<Metadata> descriptions() {
        List<Metadata> fresh = List.copyOf(untold);
        untold.clear();
        return fresh;
    }

    private Optional<Series> renamed(Series series) {
        return relabelling
                .apply(series.labels())
                .map(labels -> new Series(labels, series.samples(), series.histograms()));
    }

    private Series shifted(Series series) {
        if (shiftMs == 0) {
            return series;
        }
        Samples samples = series.samples();
        Samples.Builder later = Samples.builder();
        for (int i = 0; i < samples.size(); i++) {
            later.addBits(samples.timestampMs(i) + shiftMs, samples.valueBits(i));
        }
        Histograms histograms = series.histograms();
        Histograms.Builder laterOnes = Histograms.builder();
        for (int i = 0; i < histograms.size(); i++) {
            laterOnes.add(histograms.timestampMs(i) + shiftMs, histograms.histogram(i));
        }
        return new Series(series.labels(), later.build(), laterOnes.build());
    }

    /// The labels of all series of the backup, to see which of them become one.
    Stream<Labels> labels(List<TimeRange> windows) {
        return windows.stream()
                .flatMap(
                        window -> {
                            List<Labels> labels = new ArrayList<>();
                            for (Archive archive : archives) {
                                try (Section section = archive.open(window)) {
                                    section.series(Selector.of(List.of()))
                                            .forEachRemaining(one -> labels.add(one.labels()));
                                }
                            }
                            return labels.stream();
                        })
                .filter(manifest::selects);
    }

    /// Windows of the backup, of two hours.
    List<TimeRange> windows() {
        return range().stream()
                .flatMap(
                        all ->
                                new TimeRange(all.startMs() - shiftMs, all.endMs() - shiftMs)
                                        .cut(Source.WINDOW_MS).stream())
                .toList();
    }
}
