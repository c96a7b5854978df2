package io.tsvault.core.vault.key;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.LogName;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What an object of a vault is, by its key.
public sealed interface ObjectKey {
    /// Where all that belongs to streams is.
    String STREAMS = "streams/";

    /// Where all that is configured is.
    String CONFIG = "config/";

    /// Where all that belongs to restores is.
    String RESTORES = "restores/";

    /// Where a copy keeps what it had when it was made to its end.
    String COPIED = "copied/";

    /// The key itself.
    String text();

    /// Reads a key; empty when no vault has such an object.
    static Optional<ObjectKey> parse(String key) {
        return KeyParsing.parse(key);
    }

    /// The number of the record of this log that is called so; empty when none is.
    static OptionalLong seq(LogName log, String key) {
        return parse(key).orElse(Mark.VAULT) instanceof OfRecord(var of, var seq) && of.equals(log)
                ? OptionalLong.of(seq)
                : OptionalLong.empty();
    }

    /// Is a chunk or a page of this log called so?
    static boolean isChunkOrPage(LogName log, String key) {
        return chunk(log, key).isPresent() || page(log, key).isPresent();
    }

    /// The page of this log that is called so; empty when none is.
    static Optional<OfPage> page(LogName log, String key) {
        return parse(key).orElse(Mark.VAULT) instanceof OfPage page && page.log().equals(log)
                ? Optional.of(page)
                : Optional.empty();
    }

    /// The chunk of this stream that is called so; empty when none is.
    static Optional<OfChunk> chunk(LogName log, String key) {
        return parse(key).orElse(Mark.VAULT) instanceof OfChunk chunk && chunk.log().equals(log)
                ? Optional.of(chunk)
                : Optional.empty();
    }

    /// The SHA-256 that a key carries: that of a chunk or a page does.
    static Optional<String> promised(String key) {
        return switch (parse(key).orElse(Mark.VAULT)) {
            case OfChunk chunk -> Optional.of(chunk.sha256());
            case OfPage page -> Optional.of(page.sha256());
            case OfRecord _, OfJob _, OfCopied _, Mark _ -> Optional.empty();
        };
    }

    /// What a vault says of itself.
    enum Mark implements ObjectKey {
        /// Its id.
        VAULT("vault.json"),
        /// It was made as a copy.
        REPLICA("replica.json"),
        /// That copy is the vault that counts.
        PROMOTED("promoted.json");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /// A record: `streams/prod/log/9999999967_0000000032.json`. Listed newest first, since lists
    /// begin at the smallest key.
    record OfRecord(LogName log, long seq) implements ObjectKey {
        @Override
        public String text() {
            return record(log, seq);
        }
    }

    /// Many records in one object: `streams/prod/pages/0000000001-0000000031-<sha256>.gz`.
    ///
    /// @param first the number of its first record
    record OfPage(LogName log, long first, long last, String sha256) implements ObjectKey {
        @Override
        public String text() {
            return pages(log) + Digits.ten(first) + "-" + Digits.ten(last) + "-" + sha256 + ".gz";
        }
    }

    /// A chunk: `streams/prod/chunks/20260101t000000000z/<attempt>-<sha256>.chunk`.
    ///
    /// @param start of the slice
    record OfChunk(LogName log, Instant start, String attempt, String sha256) implements ObjectKey {
        @Override
        public String text() {
            String slice = Digits.SLICE.format(start);
            return chunks(log) + slice + "/" + attempt + "-" + sha256 + ".chunk";
        }
    }

    /// A file of a restore: `restores/<job>/manifest.json`.
    record OfJob(LogName job, JobFile file) implements ObjectKey {
        @Override
        public String text() {
            return job.path() + "/" + file.key();
        }
    }

    /// What a copy had when it was made to its end: `copied/9999999998_0000000001.json`.
    ///
    /// @param number from 1; the newest counts
    record OfCopied(long number) implements ObjectKey {
        @Override
        public String text() {
            return COPIED + Digits.left(number) + "_" + Digits.ten(number) + ".json";
        }
    }

    /// The folder of the records of a log.
    static String records(LogName log) {
        return log.path() + "/log/";
    }

    /// The folder of its pages.
    static String pages(LogName log) {
        return log.path() + "/pages/";
    }

    /// The folder of the chunks of a stream.
    static String chunks(LogName log) {
        return log.path() + "/chunks/";
    }

    /// The key of a record.
    static String record(LogName log, long seq) {
        return records(log) + Digits.left(seq) + "_" + Digits.ten(seq) + ".json";
    }

    /// The key of a page.
    static String page(LogName log, Event.Page page) {
        return new OfPage(log, page.first(), page.last(), page.sha256()).text();
    }

    /// The key of a chunk.
    static String chunk(LogName log, TimeRange slice, ChunkRef chunk) {
        Instant start = Instant.ofEpochMilli(slice.startMs());
        return new OfChunk(log, start, chunk.attempt(), chunk.sha256()).text();
    }
}
