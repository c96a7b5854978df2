package io.tsvault.core.replay;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes batches of series: as many samples as targets like in a request, each series once.
final class Batches {
    /// What Prometheus and VictoriaMetrics take fastest: see the benchmarks.
    static final int MOST_SAMPLES = 10_000;

    private final Consumer<List<Series>> full;
    private List<Series> batch = new ArrayList<>();
    private int size;

    Batches(Consumer<List<Series>> full) {
        this.full = full;
    }

    void add(Series series) {
        boolean again = !batch.isEmpty() && batch.getLast().labels().equals(series.labels());
        if (again || size + series.size() > MOST_SAMPLES) {
            flush();
        }
        if (series.size() <= MOST_SAMPLES) {
            batch.add(series);
            size += series.size();
        } else {
            parts(series);
        }
    }

    private void parts(Series series) {
        Samples samples = series.samples();
        for (int from = 0; from < samples.size(); from += MOST_SAMPLES) {
            int to = Math.min(samples.size(), from + MOST_SAMPLES);
            send(series.labels(), samples.part(from, to), Histograms.NONE);
        }
        Histograms histograms = series.histograms();
        for (int from = 0; from < histograms.size(); from += MOST_SAMPLES) {
            int to = Math.min(histograms.size(), from + MOST_SAMPLES);
            send(series.labels(), Samples.NONE, histograms.part(from, to));
        }
    }

    private void send(Labels labels, Samples samples, Histograms histograms) {
        full.accept(List.of(new Series(labels, samples, histograms)));
    }

    void flush() {
        if (!batch.isEmpty()) {
            full.accept(batch);
            batch = new ArrayList<>();
            size = 0;
        }
    }
}
