package io.tsvault.cli;

import io.tsvault.core.config.TimeText;
import io.tsvault.core.series.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/// Times as people write and read them. Everything is UTC.
final class Times {
    private static final int MILLIS = 3;
    private static final String AGO = "now-";
    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

    private Times() {}

    /// RFC 3339 with milliseconds: `2026-01-31T12:00:00.000Z`.
    static String text(long timestampMs) {
        return RFC_3339.format(Instant.ofEpochMilli(timestampMs));
    }

    /// How long it is from one time to another: `1d 2h 3m 4.005s`, units of zero left out.
    static String length(long fromMs, long toMs) {
        Duration length =
                Duration.between(Instant.ofEpochMilli(fromMs), Instant.ofEpochMilli(toMs));
        StringBuilder text = new StringBuilder();
        unit(text, length.toDaysPart(), "d");
        unit(text, length.toHoursPart(), "h");
        unit(text, length.toMinutesPart(), "m");
        int millis = length.toMillisPart();
        if (millis != 0) {
            text.append("%d.%03ds".formatted(length.toSecondsPart(), millis));
        } else if (length.toSecondsPart() != 0 || text.isEmpty()) {
            text.append(length.toSecondsPart()).append('s');
        }
        return text.toString().strip();
    }

    private static void unit(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit).append(' ');
        }
    }

    /// `2026-01-31T12:00:00Z`, `2026-01-31T14:00:00+02:00`, `now`, `now-7d`.
    ///
    /// @throws IllegalArgumentException when it is none of these
    static long parse(String text, Instant now) {
        if (text.equals("now")) {
            return now.toEpochMilli();
        }
        if (text.startsWith(AGO)) {
            return now.minus(LabStartCommand.duration(text.substring(AGO.length()))).toEpochMilli();
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time; write 2026-01-31T12:00:00Z, now or now-7d", e);
        }
    }

    /// A length of time that an option says: `90s`, `15m`, `1d12h`.
    ///
    /// @throws IllegalArgumentException naming the option, when it is none, or zero
    static Duration positive(String option, String text) {
        try {
            Duration length = TimeText.parse(text);
            if (length.isPositive()) {
                return length;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(option + " " + text + ": more than nothing is needed");
    }

    /// From one time of [#parse] to another; all of time where there is none.
    ///
    /// @throws IllegalArgumentException when it is empty
    static TimeRange range(@Nullable String from, @Nullable String to, Instant now) {
        long fromMs = from == null ? Long.MIN_VALUE : parse(from, now);
        long toMs = to == null ? Long.MAX_VALUE : parse(to, now);
        if (fromMs >= toMs) {
            throw new IllegalArgumentException("--from " + from + " is not before --to " + to);
        }
        return new TimeRange(fromMs, toMs);
    }
}
