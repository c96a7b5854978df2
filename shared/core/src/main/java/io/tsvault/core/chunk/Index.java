package io.tsvault.core.chunk;

import io.tsvault.core.chunk.RowGroup.Extent;
import io.tsvault.core.chunk.RowGroup.Metrics;
import io.tsvault.core.chunk.RowGroup.NameRun;
import io.tsvault.core.chunk.RowGroup.Size;
import io.tsvault.core.chunk.RowGroup.Times;
import io.tsvault.core.series.Labels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where everything in a chunk lies: see "INDEX" in the description of the package.
record Index(
        long series,
        Optional<Extent> metadata,
        List<LabelExtent> labelBlocks,
        List<RowGroup> groups,
        Map<String, String> properties) {

    /// Where a label block lies and how many series it names.
    record LabelExtent(Extent extent, int series) {}

    Index withSeries(long count) {
        return new Index(count, metadata, labelBlocks, groups, properties);
    }

    /// Refuses properties that no index has room for.
    ///
    /// @return how many bytes they take
    static int requireFew(Map<String, String> properties) {
        ByteSink sink = new ByteSink();
        properties(sink, properties);
        if (properties.size() > Limits.PROPERTIES || sink.size() > Limits.PROPERTY_BYTES) {
            throw new IllegalArgumentException(
                    "%d properties of %d bytes: a chunk may have %d of %d"
                            .formatted(
                                    properties.size(),
                                    sink.size(),
                                    Limits.PROPERTIES,
                                    Limits.PROPERTY_BYTES));
        }
        return sink.size();
    }

    /// How often each label block is the turn: named by a row group and not by the one before.
    int[] turns() {
        return turns(labelBlocks.size(), groups);
    }

    private static int[] turns(int blocks, List<RowGroup> groups) {
        int[] turns = new int[blocks];
        int before = -1;
        for (RowGroup group : groups) {
            int block = group.names().block();
            turns[block] += block == before ? 0 : 1;
            before = block;
        }
        return turns;
    }

    byte[] encode() {
        ByteSink sink = new ByteSink();
        sink.varint(series);
        long end = Frame.HEADER;
        extent(sink, metadata.orElse(new Extent(end, 0)), end);
        sink.varint(labelBlocks.size());
        for (LabelExtent block : labelBlocks) {
            end = extent(sink, block.extent(), end);
            sink.varint(block.series());
        }
        sink.varint(groups.size());
        end = Frame.HEADER;
        long minMs = 0;
        for (RowGroup group : groups) {
            end = extent(sink, group.extent(), end);
            minMs = group(sink, group, minMs);
        }
        properties(sink, properties);
        return sink.toArray();
    }

    private static void properties(ByteSink sink, Map<String, String> properties) {
        sink.varint(properties.size());
        properties.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Index::compareUtf8))
                .forEach(
                        property -> {
                            sink.text(property.getKey());
                            sink.text(property.getValue());
                        });
    }

    /// By unsigned bytes, which is not the order of strings: it puts surrogates behind all else.
    private static int compareUtf8(String a, String b) {
        return Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static long extent(ByteSink sink, Extent extent, long end) {
        sink.varint(extent.offset() - end);
        sink.varint(extent.length());
        return extent.end();
    }

    private static long group(ByteSink sink, RowGroup group, long before) {
        sink.varint(group.names().block());
        sink.varint(group.names().first());
        sink.varint(group.size().series());
        sink.varint(group.size().samples());
        sink.varint(group.size().values() - group.size().samples());
        sink.zigzag(group.times().minMs() - before);
        sink.varint(group.times().maxMs() - group.times().minMs());
        metric(sink, group.metrics().min());
        metric(sink, group.metrics().max());
        sink.u64(group.digest());
        return group.times().minMs();
    }

    private static void metric(ByteSink sink, Labels metric) {
        sink.block(metric.size() == 0 ? new byte[0] : metric.valueBytes(0));
    }

    /// Reads an index and holds it against the file that it is in.
    ///
    /// @param end where the index begins: nothing that it names lies behind
    static Index decode(ByteSource source, long end) {
        return new Decoder(source, end).decode();
    }

    private static final class Decoder {
        private final ByteSource source;
        private final long end;
        private long at = Frame.HEADER;
        private long lastMinMs;
        private long window = Long.MIN_VALUE;

        Decoder(ByteSource source, long end) {
            this.source = source;
            this.end = end;
        }

        Index decode() {
            long series = source.varint();
            Extent metadata = extent(Limits.PACKED_DIRECTORY_BYTES);
            at = Frame.HEADER;
            List<LabelExtent> blocks = new ArrayList<>();
            int blockCount = source.count("label blocks", Limits.GROUPS);
            for (int i = 0; i < blockCount; i++) {
                Extent extent = extent(Limits.PACKED_DIRECTORY_BYTES);
                blocks.add(new LabelExtent(extent, source.count("series", LabelBlock.MAX_SERIES)));
            }
            at = Frame.HEADER;
            List<RowGroup> groups = new ArrayList<>();
            int groupCount = source.count("row groups", Limits.GROUPS);
            for (int i = 0; i < groupCount; i++) {
                groups.add(group(blocks));
            }
            long named = groups.stream().mapToLong(group -> group.size().series()).sum();
            if (series < Math.min(1, named) || series > named) {
                throw source.damaged(series + " series, where row groups have " + named);
            }
            requireNamed(blocks, groups, named);
            Map<String, String> properties = properties();
            source.requireEnd("INDEX");
            return new Index(
                    series,
                    metadata.length() == 0 ? Optional.empty() : Optional.of(metadata),
                    List.copyOf(blocks),
                    List.copyOf(groups),
                    properties);
        }

        /// Names that no group has are work for nothing.
        private void requireNamed(List<LabelExtent> blocks, List<RowGroup> groups, long named) {
            int[] turns = turns(blocks.size(), groups);
            long most = Limits.UNNAMED_SERIES + 2 * named;
            long read = 0;
            for (int i = 0; i < turns.length; i++) {
                read += (long) turns[i] * blocks.get(i).series();
            }
            if (read > most) {
                throw source.damaged(
                        "label blocks of %d series for row groups of %d, at most %d"
                                .formatted(read, named, most));
            }
        }

        private Extent extent(int limit) {
            long gap = source.varint();
            int length = source.count("bytes", limit);
            if (gap < 0 || length > end - at - gap) {
                throw source.damaged("something that lies outside of the file");
            }
            Extent extent = new Extent(at + gap, length);
            at = extent.end();
            return extent;
        }

        private RowGroup group(List<LabelExtent> blocks) {
            Extent extent = extent(Limits.GROUP_BYTES);
            int block = source.count("label blocks", blocks.size() - 1);
            int named = blocks.get(block).series();
            int first = source.count("series", named);
            int series = source.count("series", named - first);
            int samples = source.count("samples", Limits.GROUP_VALUES);
            if (series == 0 || samples < series) {
                throw source.damaged(series + " series with " + samples + " samples");
            }
            int values = samples + source.count("values", Limits.GROUP_VALUES - samples);
            long minMs = lastMinMs + source.zigzag();
            long maxMs = minMs + source.varint();
            if (maxMs < minMs || Limits.window(minMs) != Limits.window(maxMs)) {
                throw source.damaged("a row group that is not in one window");
            }
            if (Limits.window(minMs) < window) {
                throw source.damaged("a row group behind those of a later window");
            }
            lastMinMs = minMs;
            window = Limits.window(minMs);
            return new RowGroup(
                    extent,
                    new NameRun(block, first),
                    new Times(minMs, maxMs),
                    new Metrics(metric(), metric()),
                    new Size(series, samples, values),
                    source.u64());
        }

        private Labels metric() {
            return MetricNames.labels(source.block());
        }

        private Map<String, String> properties() {
            Map<String, String> properties = new HashMap<>();
            byte[] before = {};
            int count = source.count("properties", Limits.PROPERTIES);
            for (int i = 0; i < count; i++) {
                byte[] name = source.block();
                String text = new String(name, StandardCharsets.UTF_8);
                if (i > 0 && Arrays.compareUnsigned(name, before) <= 0) {
                    throw source.damaged("property '" + text + "' out of order");
                }
                if (properties.put(text, source.text()) != null) {
                    throw source.damaged("property '" + text + "' twice"); // of bytes not UTF-8
                }
                before = name;
            }
            return Map.copyOf(properties);
        }
    }
}
