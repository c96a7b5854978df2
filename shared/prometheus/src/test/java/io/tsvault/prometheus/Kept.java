package io.tsvault.prometheus;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.ChunkRef;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Everything that a stream keeps, put together again. Refuses a sample that is kept twice, and
/// one that comes before another of its series.
final class Kept {
    private final SortedMap<Labels, Samples.Builder> samples = new TreeMap<>();
    private final SortedMap<Labels, Histograms.Builder> histograms = new TreeMap<>();

    private Kept() {}

    static SortedMap<Labels, Series> in(StreamLog log) {
        Kept kept = new Kept();
        for (Settled settled : log.state().slices()) {
            for (ChunkRef chunk : settled.chunks()) {
                try (ChunkReader reader = ChunkReader.open(log.open(settled.slice(), chunk))) {
                    reader.series(Selector.of(List.of()), TimeRange.ALL).forEach(kept::add);
                }
            }
        }
        return kept.whole();
    }

    private void add(Series part) {
        Samples.Builder floats = samples.computeIfAbsent(part.labels(), _ -> Samples.builder());
        for (int i = 0; i < part.samples().size(); i++) {
            floats.addBits(part.samples().timestampMs(i), part.samples().valueBits(i));
        }
        Histograms.Builder others =
                histograms.computeIfAbsent(part.labels(), _ -> Histograms.builder());
        for (int i = 0; i < part.histograms().size(); i++) {
            others.add(part.histograms().timestampMs(i), part.histograms().histogram(i));
        }
    }

    private SortedMap<Labels, Series> whole() {
        SortedMap<Labels, Series> whole = new TreeMap<>();
        samples.forEach(
                (labels, floats) ->
                        whole.put(
                                labels,
                                new Series(
                                        labels,
                                        floats.build(),
                                        histograms
                                                .getOrDefault(labels, Histograms.builder())
                                                .build())));
        return whole;
    }
}
