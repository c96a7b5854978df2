package io.tsvault.lab.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/// Writes series as OpenMetrics text, which `promtool tsdb create-blocks-from openmetrics` turns
/// into blocks.
///
/// Text loses what it cannot spell: stale markers are left out and counted, and a NaN comes back
/// as the reader's own NaN.
public final class OpenMetricsFeed {
    private final Writer out;
    private final Set<String> metrics = new HashSet<>();
    private String metric = "";
    private long series;
    private long samples;
    private long staleMarkers;

    private OpenMetricsFeed(Writer out) {
        this.out = out;
    }

    /// What the text holds, and how many stale markers it does not.
    public record Written(long series, long samples, long staleMarkersLeftOut) {}

    /// Writes the whole text and flushes, but does not close `out`.
    ///
    /// @param series all of one metric name together, as in label order
    /// @throws IllegalArgumentException when they are not, or when a name needs quotes
    public static Written write(Stream<Series> series, OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8), 1 << 16);
        OpenMetricsFeed feed = new OpenMetricsFeed(writer);
        Iterator<Series> all = series.iterator();
        while (all.hasNext()) {
            feed.write(all.next());
        }
        writer.write("# EOF\n");
        writer.flush();
        return new Written(feed.series, feed.samples, feed.staleMarkers);
    }

    private void write(Series one) throws IOException {
        Samples these = one.samples();
        String head = TextFormat.series(one.labels()) + ' ';
        boolean isEmpty = true;
        for (int i = 0; i < these.size(); i++) {
            if (these.valueBits(i) == Samples.STALE_MARKER) {
                staleMarkers++;
                continue;
            }
            if (isEmpty) {
                begin(one.labels());
                isEmpty = false;
            }
            out.write(head);
            out.write(TextFormat.number(these.value(i)));
            out.write(' ');
            out.write(seconds(these.timestampMs(i)));
            out.write('\n');
            samples++;
        }
    }

    private void begin(Labels labels) throws IOException {
        series++;
        String next = TextFormat.metric(labels);
        if (next.equals(metric)) {
            return;
        }
        if (!metrics.add(next)) {
            throw new IllegalArgumentException(
                    "the series of " + next + " are not together: give series in label order");
        }
        metric = next;
        out.write("# TYPE " + next + " unknown\n");
    }

    private static String seconds(long timestampMs) {
        return BigDecimal.valueOf(timestampMs, 3).toPlainString();
    }
}
