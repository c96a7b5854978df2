package io.tsvault.lab.generator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Samples;
import io.tsvault.core.series.Series;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/// What a stream of series comes to. The hashes are SHA-256, series by series in label order, over
///
/// - labels: `name 0x00 value 0x00` of each label, then `\n`
/// - timestamps: the number of samples, then each timestamp, as big-endian longs
/// - values: the bits of each value as a big-endian long
record Digest(long series, long samples, String labels, String timestamps, String values) {
    static Digest of(Stream<Series> series) {
        Hashes hashes = new Hashes();
        series.forEachOrdered(hashes::add);
        return hashes.digest();
    }

    private static final class Hashes {
        private final MessageDigest labels = sha256();
        private final MessageDigest timestamps = sha256();
        private final MessageDigest values = sha256();
        private long series;
        private long samples;

        void add(Series one) {
            addLabels(one.labels());
            addSamples(one.samples());
            series++;
            samples += one.samples().size();
        }

        private void addLabels(Labels these) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < these.size(); i++) {
                text.append(these.name(i)).append('\0').append(these.value(i)).append('\0');
            }
            labels.update(text.append('\n').toString().getBytes(UTF_8));
        }

        private void addSamples(Samples these) {
            ByteBuffer times = ByteBuffer.allocate((1 + these.size()) * Long.BYTES);
            ByteBuffer bits = ByteBuffer.allocate(these.size() * Long.BYTES);
            times.putLong(these.size());
            for (int i = 0; i < these.size(); i++) {
                times.putLong(these.timestampMs(i));
                bits.putLong(these.valueBits(i));
            }
            timestamps.update(times.array());
            values.update(bits.array());
        }

        Digest digest() {
            return new Digest(series, samples, hex(labels), hex(timestamps), hex(values));
        }

        private static String hex(MessageDigest hash) {
            return HexFormat.of().formatHex(hash.digest());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JVM has SHA-256", e);
            }
        }
    }
}
