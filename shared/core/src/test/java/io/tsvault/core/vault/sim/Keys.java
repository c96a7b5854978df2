package io.tsvault.core.vault.sim;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.record.Event.Page;
import io.tsvault.core.vault.record.LogName;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The keys of a stream as they must be, made without the code that is audited.
final class Keys {
    static final LogName LOG = LogName.ofStream("prod");
    /// Another one, beside it.
    static final LogName SECOND = LogName.ofStream("second");

    static final String RECORDS = "streams/prod/log/";
    static final String PAGES = "streams/prod/pages/";
    static final String CHUNKS = "streams/prod/chunks/";

    private static final DateTimeFormatter SLICE =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmssSSS'z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Keys() {}

    static String record(long seq) {
        String digits = "0000000000" + seq;
        String inverted = "0000000000" + (9_999_999_999L - seq);
        return RECORDS + last(inverted, 10) + "_" + last(digits, 10) + ".json";
    }

    private static String last(String text, int count) {
        return text.substring(text.length() - count);
    }

    static String page(Page page) {
        return PAGES
                + last("0000000000" + page.first(), 10)
                + "-"
                + last("0000000000" + page.last(), 10)
                + "-"
                + page.sha256()
                + ".gz";
    }

    static String chunk(TimeRange slice, ChunkRef chunk) {
        String folder = SLICE.format(Instant.ofEpochMilli(slice.startMs()));
        return CHUNKS + folder + "/" + chunk.attempt() + "-" + chunk.sha256() + ".chunk";
    }

    /// The SHA-256 that the key of a chunk or page names.
    static String sha256(String key) {
        int end = key.lastIndexOf('.');
        return key.substring(end - 64, end);
    }
}
