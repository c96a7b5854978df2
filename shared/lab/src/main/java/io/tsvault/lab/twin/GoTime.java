package io.tsvault.lab.twin;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times and durations as the query API reads them, with the rounding of its float arithmetic.
final class GoTime {
    private static final Pattern DURATION =
            Pattern.compile(
                    "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?"
                            + "(?:(\\d+)ms)?");
    private static final List<Long> UNITS_MS =
            List.of(31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L);
    private static final double NANOS = 1e9;

    private GoTime() {}

    /// Seconds with a fraction, or RFC 3339; as milliseconds.
    static Optional<Long> parseMs(String text) {
        Optional<Double> seconds = number(text);
        if (seconds.isPresent()) {
            return Optional.of(milliseconds(seconds.get()));
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static long milliseconds(double seconds) {
        double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
        double part = seconds - whole;
        double rounded = Math.copySign(Math.floor(Math.abs(part * 1000) + 0.5), part) / 1000;
        return ((long) whole) * 1000 + Math.floorDiv((long) (rounded * NANOS), 1_000_000L);
    }

    /// Seconds with a fraction, or `1h30m`; as nanoseconds.
    static Optional<Long> parseNanos(String text) {
        Optional<Double> seconds = number(text);
        return seconds.isPresent()
                ? Optional.of((long) (seconds.get() * NANOS))
                : duration(text).map(ms -> ms * 1_000_000);
    }

    /// `1h30m` as milliseconds.
    static Optional<Long> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return text.equals("0") ? Optional.of(0L) : Optional.empty();
        }
        long ms = 0;
        for (int i = 0; i < UNITS_MS.size(); i++) {
            String count = matcher.group(i + 1);
            if (count != null) {
                ms += Long.parseLong(count) * UNITS_MS.get(i);
            }
        }
        return Optional.of(ms);
    }

    /// As the server prints a duration in its configuration: whole units, the largest first.
    static String text(long ms) {
        String names = "y w d h m s ms";
        StringBuilder text = new StringBuilder();
        long rest = ms;
        for (int i = 0; i < UNITS_MS.size(); i++) {
            long unit = UNITS_MS.get(i);
            boolean isCoarse = i < 3;
            if (rest >= unit && (!isCoarse || rest % unit == 0)) {
                text.append(rest / unit).append(names.split(" ", -1)[i]);
                rest %= unit;
            }
        }
        return text.toString();
    }

    private static Optional<Double> number(String text) {
        try {
            boolean isJavaOnly =
                    text.isEmpty() || "dDfF ".indexOf(text.charAt(text.length() - 1)) >= 0;
            return isJavaOnly ? Optional.empty() : Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
