package io.tsvault.core.vault;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event;
import io.tsvault.core.vault.record.LogName;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where things are in a vault. No key is made anywhere else.
final class VaultLayout {
    static final String VAULT = "vault.json";
    static final String REPLICA = "replica.json";
    static final String PROMOTED = "promoted.json";
    static final String STREAMS = "streams/";
    static final String CONFIG = "config/";
    static final String RESTORES = "restores/";

    /// Records are listed newest first, since lists begin at the smallest key.
    private static final long MOST_SEQ = 9_999_999_999L;

    private static final Pattern RECORD = Pattern.compile("([0-9]{10})_([0-9]{10})\\.json");
    private static final Pattern CHUNK =
            Pattern.compile("[0-9]{8}t[0-9]{9}z/[0-9a-f]{32}-[0-9a-f]{64}\\.chunk");
    private static final Pattern PAGE = Pattern.compile("[0-9]{10}-[0-9]{10}-[0-9a-f]{64}\\.gz");
    private static final DateTimeFormatter SLICE =
            DateTimeFormatter.ofPattern("uuuuMMdd't'HHmmssSSS'z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private VaultLayout() {}

    /// `streams/prod/log/`.
    static String records(LogName log) {
        return log.path() + "/log/";
    }

    /// `streams/prod/log/9999999967_0000000032.json`.
    static String record(LogName log, long seq) {
        return records(log) + digits(MOST_SEQ - seq) + "_" + digits(seq) + ".json";
    }

    /// The number of a record, or empty if this is not the key of one.
    static OptionalLong seq(LogName log, String key) {
        Matcher name = RECORD.matcher(key.substring(records(log).length()));
        if (!name.matches()) {
            return OptionalLong.empty();
        }
        long seq = Long.parseLong(name.group(2));
        boolean proper = seq > 0 && Long.parseLong(name.group(1)) == MOST_SEQ - seq;
        return proper ? OptionalLong.of(seq) : OptionalLong.empty();
    }

    /// `streams/prod/pages/`.
    static String pages(LogName log) {
        return log.path() + "/pages/";
    }

    /// `streams/prod/pages/0000000001-0000000031-5f….gz`.
    static String page(LogName log, Event.Page page) {
        return pages(log)
                + digits(page.first())
                + "-"
                + digits(page.last())
                + "-"
                + page.sha256()
                + ".gz";
    }

    /// At least ten. A log is opened by making a key for each record: a format would take as long
    /// as all the rest.
    private static String digits(long number) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, 10 - digits.length())) + digits;
    }

    /// `streams/prod/chunks/`.
    static String chunks(LogName log) {
        return log.path() + "/chunks/";
    }

    /// `streams/prod/chunks/20260101t000000000z/<attempt>-<sha256>.chunk`.
    static String chunk(LogName log, TimeRange slice, ChunkRef chunk) {
        return chunks(log)
                + SLICE.format(Instant.ofEpochMilli(slice.startMs()))
                + "/"
                + chunk.attempt()
                + "-"
                + chunk.sha256()
                + ".chunk";
    }

    /// Is this such a key as this class makes?
    static boolean isChunkOrPage(LogName log, String key) {
        return matches(CHUNK, chunks(log), key) || matches(PAGE, pages(log), key);
    }

    static boolean isMade(LogName log, String key) {
        boolean record = key.startsWith(records(log)) && seq(log, key).isPresent();
        return record || isChunkOrPage(log, key);
    }

    /// Is this the key of a chunk?
    static boolean isChunk(LogName log, String key) {
        return matches(CHUNK, chunks(log), key);
    }

    /// The last record that a page holds, by its key.
    static OptionalLong lastOfPage(LogName log, String key) {
        if (!matches(PAGE, pages(log), key)) {
            return OptionalLong.empty();
        }
        String name = key.substring(pages(log).length());
        return OptionalLong.of(Long.parseLong(name.substring(11, 21)));
    }

    /// Where the slice begins that a chunk is of, by its key; empty if nobody makes such a key.
    static OptionalLong startMs(LogName log, String key) {
        if (!isChunk(log, key)) {
            return OptionalLong.empty();
        }
        try {
            String slice = key.substring(chunks(log).length(), key.lastIndexOf('/'));
            return OptionalLong.of(SLICE.parse(slice, Instant::from).toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static boolean matches(Pattern name, String folder, String key) {
        return key.startsWith(folder) && name.matcher(key.substring(folder.length())).matches();
    }
}
