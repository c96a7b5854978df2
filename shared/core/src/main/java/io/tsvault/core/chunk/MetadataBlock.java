package io.tsvault.core.chunk;

import io.tsvault.core.series.Metadata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What is known of metrics: see "METADATA" in the description of the package.
final class MetadataBlock {
    private static final Metadata.Type[] TYPES = {
        Metadata.Type.UNKNOWN,
        Metadata.Type.COUNTER,
        Metadata.Type.GAUGE,
        Metadata.Type.HISTOGRAM,
        Metadata.Type.GAUGE_HISTOGRAM,
        Metadata.Type.SUMMARY,
        Metadata.Type.INFO,
        Metadata.Type.STATESET
    };

    /// Above what its numbers take in the file, and what an empty one takes in memory.
    private static final int OVERHEAD = 32;

    private MetadataBlock() {}

    static byte[] encode(Collection<Metadata> metadata) {
        ByteSink sink = new ByteSink();
        sink.varint(metadata.size());
        for (Metadata one : metadata) {
            sink.u8(List.of(TYPES).indexOf(one.type()));
            sink.text(one.family());
            sink.text(one.help());
            sink.text(one.unit());
        }
        return sink.toArray();
    }

    static List<Metadata> decode(ByteSource source) {
        int count = source.count("metric families", Limits.METADATA_BYTES / OVERHEAD);
        List<Metadata> all = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int type = source.u8();
            String family = source.text();
            if (type >= TYPES.length || family.isEmpty()) {
                throw source.damaged("metadata of type " + type + " for '" + family + "'");
            }
            Metadata one = new Metadata(family, TYPES[type], source.text(), source.text());
            bytes += bytes(one);
            if (bytes > Limits.METADATA_BYTES) {
                throw source.damaged("more than " + Limits.METADATA_BYTES + " bytes of metadata");
            }
            all.add(one);
        }
        source.requireEnd("METADATA");
        return List.copyOf(all);
    }

    /// At most so many bytes.
    static int bytes(Metadata metadata) {
        return OVERHEAD
                + metadata.family().getBytes(StandardCharsets.UTF_8).length
                + metadata.help().getBytes(StandardCharsets.UTF_8).length
                + metadata.unit().getBytes(StandardCharsets.UTF_8).length;
    }
}
