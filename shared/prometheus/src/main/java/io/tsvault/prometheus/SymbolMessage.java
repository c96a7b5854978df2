package io.tsvault.prometheus;

import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The message of remote write 2.0: what several labels have in common is sent once.
///
/// ```text
/// Request    = { 4 symbol } { 5 TimeSeries }      the first symbol is empty
/// TimeSeries = 1 references { 2 Sample }  or  1 references { 3 Histogram }
/// references = name, value, name, value, ..., each the number of a symbol
/// ```
final class SymbolMessage {
    private static final int SYMBOL = 4;
    private static final int SERIES = 5;
    private static final int LABELS = 1;
    private static final int HISTOGRAM = 3;

    private final Map<ByteBuffer, Integer> known = new HashMap<>();
    private final MessageBytes symbols = new MessageBytes(1 << 13);
    private final MessageBytes series = new MessageBytes(1 << 16);
    private final MessageBytes references = new MessageBytes(1 << 8);

    private SymbolMessage() {
        number(new byte[0]);
    }

    static byte[] of(List<Series> batch) {
        if (batch.isEmpty()) {
            return new byte[0];
        }
        SymbolMessage message = new SymbolMessage();
        batch.forEach(message::add);
        message.symbols.append(message.series);
        return message.symbols.toBytes();
    }

    /// A receiver takes samples or histograms in one part, not both.
    private void add(Series one) {
        labels(one.labels());
        Samples samples = one.samples();
        if (samples.size() > 0) {
            int begun = series.begin(SERIES);
            series.block(LABELS, references);
            series.samples(samples);
            series.end(begun);
        }
        Histograms histograms = one.histograms();
        if (histograms.size() > 0) {
            int begun = series.begin(SERIES);
            series.block(LABELS, references);
            for (int i = 0; i < histograms.size(); i++) {
                series.block(
                        HISTOGRAM,
                        HistogramMessage.of(histograms.timestampMs(i), histograms.histogram(i))
                                .toByteArray());
            }
            series.end(begun);
        }
    }

    private void labels(Labels labels) {
        references.clear();
        for (int i = 0; i < labels.size(); i++) {
            references.number(number(labels.nameBytes(i)));
            references.number(number(labels.valueBytes(i)));
        }
    }

    private int number(byte[] text) {
        return known.computeIfAbsent(
                ByteBuffer.wrap(text),
                _ -> {
                    symbols.block(SYMBOL, text);
                    return known.size();
                });
    }
}
