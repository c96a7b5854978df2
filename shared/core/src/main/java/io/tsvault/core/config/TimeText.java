package io.tsvault.core.config;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `90s`, `15m`, `2h`, `1d12h`, `500ms`.
public final class TimeText {
    /// So much cannot overflow a [Duration].
    private static final int LONGEST = 64;

    private static final Pattern UNIT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");
    private static final Map<String, Duration> UNITS =
            new TreeMap<>(
                    Map.of(
                            "ms", Duration.ofMillis(1),
                            "s", Duration.ofSeconds(1),
                            "m", Duration.ofMinutes(1),
                            "h", Duration.ofHours(1),
                            "d", Duration.ofDays(1),
                            "w", Duration.ofDays(7)));

    private TimeText() {}

    /// Reads such a text.
    ///
    /// @throws IllegalArgumentException when it is no such text
    public static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher unit = UNIT.matcher(text.length() <= LONGEST ? text : "");
        int at = 0;
        while (at < text.length() && unit.find(at) && unit.start() == at) {
            Duration one = UNITS.getOrDefault(unit.group(2), Duration.ZERO);
            sum = sum.plus(one.multipliedBy(Long.parseLong(unit.group(1))));
            at = unit.end();
        }
        if (at == 0 || at < text.length()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no length of time, such as 90s, 15m or 1d12h".formatted(text));
        }
        return sum;
    }

    /// As [#parse], but a minus may stand in front: `-7d`.
    ///
    /// @throws IllegalArgumentException when it is no such text
    public static Duration parseSigned(String text) {
        return text.startsWith("-") ? parse(text.substring(1)).negated() : parse(text);
    }

    /// The shortest such text.
    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.negated());
        }
        StringBuilder text = new StringBuilder();
        unit(text, time.toDaysPart(), "d");
        unit(text, time.toHoursPart(), "h");
        unit(text, time.toMinutesPart(), "m");
        unit(text, time.toSecondsPart(), "s");
        unit(text, time.toMillisPart(), "ms");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void unit(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }
}
