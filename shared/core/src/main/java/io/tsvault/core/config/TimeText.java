package io.tsvault.core.config;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lengths of time as people write them: `90s`, `15m`, `2h`, `1d12h`, `500ms`.
public final class TimeText {
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

    /// @throws IllegalArgumentException when it is no such text
    public static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher unit = UNIT.matcher(text);
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

    /// The shortest such text.
    public static String of(Duration time) {
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
