package io.tsvault.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.xor.XorEncoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Builds what a server streams, right or wrong.
final class Messages {
    private Messages() {}

    static byte[] stream(ChunkedSeries.Builder... all) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (ChunkedSeries.Builder series : all) {
            stream.writeBytes(
                    frame(ChunkedReadResponse.newBuilder().addChunkedSeries(series).build()));
        }
        return stream.toByteArray();
    }

    static byte[] frame(ChunkedReadResponse response) {
        return frame(response.toByteArray());
    }

    static byte[] frame(byte[] body) {
        try {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            CodedOutputStream length = CodedOutputStream.newInstance(frame);
            length.writeUInt32NoTag(body.length);
            length.flush();
            CRC32C crc = new CRC32C();
            crc.update(body);
            frame.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
            frame.writeBytes(body);
            return frame.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ChunkedSeries.Builder series(Labels labels, Chunk... chunks) {
        return ChunkedSeries.newBuilder()
                .addAllLabels(labels(labels))
                .addAllChunks(List.of(chunks));
    }

    static List<Label> labels(Labels labels) {
        List<Label> all = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            all.add(
                    Label.newBuilder()
                            .setName(ByteString.copyFrom(labels.nameBytes(i)))
                            .setValue(ByteString.copyFrom(labels.valueBytes(i)))
                            .build());
        }
        return all;
    }

    static Chunk chunk(Samples samples) {
        XorEncoder encoder = new XorEncoder();
        for (int i = 0; i < samples.size(); i++) {
            encoder.append(samples.timestampMs(i), samples.valueBits(i));
        }
        return chunk(Chunk.Encoding.XOR, samples.timestampMs(0), encoder.take());
    }

    static Chunk chunk(Chunk.Encoding encoding, long firstMs, byte[] content) {
        return Chunk.newBuilder()
                .setType(encoding)
                .setMinTimeMs(firstMs)
                .setData(UnsafeByteOperations.unsafeWrap(content))
                .build();
    }

    /// From `timestamp, value, timestamp, value...`.
    static Samples samples(long... timestampsAndValues) {
        Samples.Builder samples = Samples.builder();
        for (int i = 0; i < timestampsAndValues.length; i += 2) {
            samples.add(timestampsAndValues[i], (double) timestampsAndValues[i + 1]);
        }
        return samples.build();
    }
}
