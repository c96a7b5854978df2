package io.tsvault.core.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times in manifests: RFC 3339 with a zone, to the millisecond, of years in which there can be
/// backups.
final class ManifestTime {
    private static final Pattern SHAPE =
            Pattern.compile(
                    "([0-9]{4})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?"
                            + "(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2100;

    private ManifestTime() {}

    /// @throws IllegalArgumentException when it is no such time
    static Instant parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time with a zone, such as 2026-01-31T00:00:00Z".formatted(text));
        }
        int year = Integer.parseInt(shape.group(1));
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new IllegalArgumentException(
                    "\"%s\": years are %d to %d".formatted(text, FIRST_YEAR, LAST_YEAR));
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"%s\" is in no calendar".formatted(text), e);
        }
    }
}
