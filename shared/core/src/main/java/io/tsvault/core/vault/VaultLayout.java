package io.tsvault.core.vault;

import io.tsvault.core.series.TimeRange;

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
        return records(log) + "%010d_%010d.json".formatted(MOST_SEQ - seq, seq);
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
        return pages(log) + "%010d-%010d-%s.gz".formatted(page.first(), page.last(), page.sha256());
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
}
