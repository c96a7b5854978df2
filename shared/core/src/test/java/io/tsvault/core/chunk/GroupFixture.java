package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Histograms;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.List;

/// A row group on its own, with what an index would say of it.
record GroupFixture(Content content, Size size, long digest, LabelBlock.Run names) {
    /// Its streams; a class because a record with an array cannot be compared.
    static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes.clone();
        }

        int length() {
            return bytes.length;
        }
    }

    static GroupFixture of(List<Series> series) {
        try (GroupEncoder encoder = new GroupEncoder()) {
            series.forEach(encoder::add);
            byte[] bytes = encoder.finish();
            List<Labels> labels = series.stream().map(Series::labels).toList();
            LabelBlock block = LabelBlock.decode(new ByteSource(LabelBlock.encode(labels), 0));
            return new GroupFixture(
                    new Content(bytes),
                    size(series),
                    encoder.digest(),
                    new LabelBlock.Run(block, 0, series.size()));
        }
    }

    private static Size size(List<Series> series) {
        int samples = 0;
        int values = 0;
        for (Series one : series) {
            Histograms histograms = one.histograms();
            samples += one.samples().size() + histograms.size();
            values += one.samples().size();
            for (int i = 0; i < histograms.size(); i++) {
                values += HistogramEncoder.values(histograms.histogram(i).layout());
            }
        }
        return new Size(series.size(), samples, values);
    }

    byte[] bytes() {
        return content.bytes();
    }

    List<Series> decode() {
        try (StreamSource streams = new StreamSource()) {
            return decode(streams, bytes());
        }
    }

    /// What other bytes mean in its place.
    List<Series> decode(StreamSource streams, byte[] bytes) {
        RowGroup group =
                new RowGroup(
                        new Extent(0, bytes.length),
                        new NameRun(0, 0),
                        new Times(Long.MIN_VALUE, Long.MAX_VALUE),
                        new Metrics(Labels.NONE, Labels.NONE),
                        size,
                        digest);
        return GroupDecoder.decode(streams, new ByteSource(bytes, 0), group, names);
    }

    GroupFixture withSize(Size other) {
        return new GroupFixture(content, other, digest, names);
    }
}
