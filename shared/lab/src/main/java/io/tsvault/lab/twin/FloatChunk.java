package io.tsvault.lab.twin;

import com.google.protobuf.UnsafeByteOperations;

import io.tsvault.lab.twin.Point.FloatPoint;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.xor.XorEncoder;

import java.util.List;

/// Packs floats as a server of a generation does.
final class FloatChunk {
    private final XorEncoder encoder;

    FloatChunk(Generation generation) {
        this.encoder =
                generation.isAtLeast(Generation.V3_5)
                        ? new XorEncoder()
                        : XorEncoder.asPrometheus2();
    }

    /// One chunk of at least one point, by time.
    Chunk of(List<FloatPoint> points) {
        points.forEach(point -> encoder.append(point.timestampMs(), point.bits()));
        return Chunk.newBuilder()
                .setMinTimeMs(points.getFirst().timestampMs())
                .setMaxTimeMs(points.getLast().timestampMs())
                .setType(Chunk.Encoding.XOR)
                .setData(UnsafeByteOperations.unsafeWrap(encoder.take()))
                .build();
    }
}
