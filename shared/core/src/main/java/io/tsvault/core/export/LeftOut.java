package io.tsvault.core.export;

import io.tsvault.core.chunk.ChunkWriter;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.Map;
import java.util.Optional;

/// What a source gave and no chunk can hold. Nothing of it is dropped in silence: samples make a
/// slice that is not whole, descriptions of metrics are noted.
final class LeftOut {
    private static final String DESCRIPTIONS = "descriptions-left-out";
    private static final String SAMPLES = "samples-left-out";
    private static final int SHOWN = 80;

    private long samples;
    private long descriptions;
    private String first = "";

    void add(Series series) {
        first = first.isEmpty() ? beginning(series.labels()) : first;
        samples += series.size();
    }

    private static String beginning(Labels labels) {
        String text = labels.get(Labels.METRIC_NAME).orElseGet(labels::toString);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    void addDescription() {
        descriptions++;
    }

    /// Why the slice is not whole; nothing when it is.
    Optional<String> warning() {
        return samples == 0
                ? Optional.empty()
                : Optional.of(
                        "%,d samples of series with more than %,d bytes of labels are left out: %s"
                                .formatted(samples, ChunkWriter.MOST_LABEL_BYTES, first));
    }

    /// Were samples left out of the capture that has these notes?
    static boolean isNotedIn(Map<String, String> notes) {
        return notes.containsKey(SAMPLES);
    }

    void noteIn(Map<String, String> notes) {
        note(notes, SAMPLES, samples);
        note(notes, DESCRIPTIONS, descriptions);
    }

    private static void note(Map<String, String> notes, String name, long many) {
        if (many > 0) {
            notes.put(name, Long.toString(many));
        }
    }
}
