package io.tsvault.lab.twin;

import com.google.protobuf.CodedInputStream;

import io.tsvault.wire.Snappy;
import io.tsvault.wire.v1.Chunk;
import io.tsvault.wire.v1.ChunkedReadResponse;
import io.tsvault.wire.v1.ChunkedSeries;
import io.tsvault.wire.v1.Histogram;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.QueryResult;
import io.tsvault.wire.v1.ReadResponse;
import io.tsvault.wire.v1.Sample;
import io.tsvault.wire.v1.TimeSeries;
import io.tsvault.wire.xor.XorDecoder;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// What a server answered, as text that can be compared: protobuf is decoded, values are bits.
record Transcript(HttpClient client, URI server) {
    private static final List<String> HEADERS =
            List.of(
                    "Content-Type",
                    "Content-Encoding",
                    "Allow",
                    "X-Prometheus-Remote-Write-Samples-Written",
                    "X-Prometheus-Remote-Write-Histograms-Written",
                    "X-Prometheus-Remote-Write-Exemplars-Written");
    private static final Pattern ERROR_TYPE = Pattern.compile("\"errorType\":\"[a-z_]+\"");

    String of(Step step) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = send(step);
        } catch (IOException e) {
            return "no answer";
        }
        StringBuilder text = new StringBuilder().append(response.statusCode()).append('\n');
        for (String header : HEADERS) {
            response.headers()
                    .firstValue(header)
                    .ifPresent(value -> text.append(header + ": " + value + "\n"));
        }
        return text.append(step.isExact() ? body(response) : errorType(response)).toString();
    }

    HttpResponse<byte[]> send(Step step) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + step.path()))
                        .method(
                                step.method(),
                                BodyPublishers.ofByteArray(step.body().toByteArray()));
        step.headers().forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String errorType(HttpResponse<byte[]> response) {
        Matcher type = ERROR_TYPE.matcher(new String(response.body(), StandardCharsets.UTF_8));
        return type.find() ? type.group() : "";
    }

    private static String body(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        try {
            if (type.equals("application/x-protobuf")) {
                return samples(Snappy.decompress(response.body(), 64 << 20));
            }
            return type.startsWith("application/x-streamed-protobuf")
                    ? frames(response.body())
                    : new String(response.body(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("an unreadable answer of " + response.uri(), e);
        }
    }

    private static String samples(byte[] message) throws IOException {
        StringBuilder text = new StringBuilder();
        for (QueryResult result : ReadResponse.parseFrom(message).getResultsList()) {
            text.append("query\n");
            for (TimeSeries series : result.getTimeseriesList()) {
                text.append(labels(series.getLabelsList())).append('\n');
                for (Sample sample : series.getSamplesList()) {
                    long bits = Double.doubleToRawLongBits(sample.getValue());
                    text.append(line(sample.getTimestamp(), bits));
                }
                for (Histogram histogram : series.getHistogramsList()) {
                    text.append(histogram.toBuilder().clearResetHint().build());
                }
            }
        }
        return text.toString();
    }

    private static String frames(byte[] stream) throws IOException {
        StringBuilder text = new StringBuilder();
        for (ChunkedReadResponse frame : framesOf(stream)) {
            for (ChunkedSeries series : frame.getChunkedSeriesList()) {
                text.append("query " + frame.getQueryIndex() + " ");
                text.append(labels(series.getLabelsList())).append('\n');
                series.getChunksList().forEach(chunk -> text.append(lines(chunk)));
            }
        }
        return text.toString();
    }

    /// Every frame of a stream, its checksum checked.
    static List<ChunkedReadResponse> framesOf(byte[] stream) throws IOException {
        List<ChunkedReadResponse> frames = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(stream);
        while (!in.isAtEnd()) {
            int length = in.readRawVarint32();
            int crc = ByteBuffer.wrap(in.readRawBytes(4)).getInt();
            byte[] body = in.readRawBytes(length);
            CRC32C actual = new CRC32C();
            actual.update(body);
            if ((int) actual.getValue() != crc) {
                throw new IOException("the checksum of a frame is wrong");
            }
            frames.add(ChunkedReadResponse.parseFrom(body));
        }
        return frames;
    }

    private static String lines(Chunk chunk) {
        if (chunk.getType() != Chunk.Encoding.XOR) {
            return chunk.getType() + " chunk\n";
        }
        byte[] bytes = chunk.getData().toByteArray();
        XorDecoder decoder = new XorDecoder();
        int samples = decoder.open(bytes, 0, bytes.length);
        long[] timestampsMs = new long[samples];
        long[] valueBits = new long[samples];
        decoder.decode(timestampsMs, valueBits, 0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < samples; i++) {
            text.append(line(timestampsMs[i], valueBits[i]));
        }
        return text.toString();
    }

    private static String line(long ms, long bits) {
        return String.format(Locale.ROOT, "  %d %016x%n", ms, bits);
    }

    private static String labels(List<Label> labels) {
        return labels.stream()
                .map(l -> l.getName().toStringUtf8() + "=" + hex(l))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /// Values that are no text show as bytes.
    private static String hex(Label label) {
        return label.getValue().isValidUtf8()
                ? label.getValue().toStringUtf8()
                : HexFormat.of().formatHex(label.getValue().toByteArray());
    }
}
