package io.tsvault.core.config;

import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;
import io.tsvault.core.source.Mode;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a stream keeps, and how.
///
/// | setting | means | else |
/// |---|---|---|
/// | `source` | name of the source | |
/// | `selectors` | series selectors, one on each line | all series |
/// | `include`, `exclude` | names of metrics, with commas | all, none |
/// | `slice` | how long a slice is: a part or a multiple of 2h that divides a day | `2h` |
/// | `settle` | how long after its end a slice is read | `10m` |
/// | `mode` | `auto`, `remote-read`, `export`, `raw`, `query-range` | `auto` |
/// | `step` | of the grid, for `query-range` | |
/// | `start` | where the history begins | the oldest sample of the source |
/// | `count` | hold slices against an independent count: `auto`, `always`, `off` | `auto` |
/// | `reread` | read each slice again so long after it was kept, `off` for never | `1d` |
/// | `partial` | `true`: keep also what the source says is not all | `false` |
/// | `external-labels` | those that a server adds: `strip` or `keep` | `strip` |
/// | `parts` | names of metrics at which a slice is divided, with commas | not divided |
/// | `identity` | that of a source that may follow the one before | |
/// | `rate` | samples to be read in a second, at most | no limit |
/// | `parallel` | queries at one time, where each metric takes one | `1` |
public record StreamConfig(
        String source,
        List<Selector> selectors,
        Duration slice,
        Duration settle,
        Optional<Mode> mode,
        Optional<Instant> start,
        Count count,
        Optional<Duration> reread,
        boolean partial,
        boolean keepExternalLabels,
        List<String> parts,
        Optional<String> identity,
        long samplesPerSecond,
        int parallel) {
    /// All series.
    public static final Selector EVERYTHING =
            Selector.of(List.of(new Matcher(Matcher.Op.LIKE, "__name__", ".+")));

    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration REREAD = Duration.ofDays(1);
    private static final String AUTO = "auto";
    private static final String OFF = "off";

    /// When a slice is held against an independent count.
    public enum Count {
        /// The first slice, one after each change of mode or version, and one in twelve.
        AUTO,
        ALWAYS,
        OFF;

        static Count of(String word) {
            return switch (word) {
                case "auto" -> AUTO;
                case "always" -> ALWAYS;
                case "off" -> OFF;
                default ->
                        throw new IllegalArgumentException(
                                "\"" + word + "\" is none of auto, always, off");
            };
        }
    }

    /// Checks the width.
    public StreamConfig {
        selectors = List.copyOf(selectors);
        parts = List.copyOf(parts);
        long ms = slice.toMillis();
        boolean fits =
                ms >= Duration.ofMinutes(1).toMillis()
                        && DAY.toMillis() % ms == 0
                        && (WINDOW.toMillis() % ms == 0 || ms % WINDOW.toMillis() == 0);
        if (!fits) {
            throw new IllegalArgumentException(
                    "slices of %s: take 1m to 2h, if two hours can be divided by it, or 4h, 6h, 8h, 12h, 1d"
                            .formatted(TimeText.of(slice)));
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("settle cannot be negative");
        }
    }

    /// Everything of a source, as is usual.
    public static StreamConfig of(String source) {
        return from(Map.of("source", source));
    }

    /// Reads settings.
    ///
    /// @throws IllegalArgumentException with everything that is wrong
    public static StreamConfig from(Map<String, String> settings) {
        return Settings.read(settings, StreamConfig::read);
    }

    private static StreamConfig read(Settings settings) {
        return new StreamConfig(
                settings.required("source"),
                selectors(settings),
                settings.time("slice", WINDOW),
                settings.time("settle", SETTLE),
                mode(settings),
                settings.optional("start", StreamConfig::instant),
                settings.of("count", Count.AUTO, Count::of),
                reread(settings),
                settings.truth("partial"),
                settings.of("external-labels", false, StreamConfig::keep),
                settings.of("parts", List.of(), StreamConfig::names),
                settings.text("identity"),
                settings.of("rate", 0L, StreamConfig::rate),
                settings.of("parallel", 1, StreamConfig::parallel));
    }

    private static List<Selector> selectors(Settings settings) {
        List<Selector> given =
                settings.of(
                        "selectors",
                        List.of(EVERYTHING),
                        text -> text.lines().map(Selector::parse).toList());
        List<Matcher> more = new ArrayList<>();
        settings.optional("include", StreamConfig::alternatives)
                .ifPresent(names -> more.add(new Matcher(Matcher.Op.LIKE, "__name__", names)));
        settings.optional("exclude", StreamConfig::alternatives)
                .ifPresent(names -> more.add(new Matcher(Matcher.Op.NOT_LIKE, "__name__", names)));
        return more.isEmpty() ? given : given.stream().map(one -> both(one, more)).toList();
    }

    private static Selector both(Selector selector, List<Matcher> more) {
        List<Matcher> all = new ArrayList<>(selector.matchers());
        all.addAll(more);
        return Selector.of(all);
    }

    private static String alternatives(String names) {
        return names(names).stream().map(StreamConfig::literal).collect(Collectors.joining("|"));
    }

    private static String literal(String name) {
        return name.replaceAll("[^A-Za-z0-9_:*]", "\\\\$0").replace("*", ".*");
    }

    private static List<String> names(String text) {
        return List.of(text.strip().split("\\s*,\\s*", -1));
    }

    private static Optional<Mode> mode(Settings settings) {
        Optional<Duration> step = settings.optional("step", TimeText::parse);
        if (settings.text("mode").filter(word -> !word.equals(AUTO)).isEmpty()) {
            step.ifPresent(
                    _ -> {
                        throw new IllegalArgumentException("a step needs mode query-range");
                    });
            return Optional.empty();
        }
        return settings.optional(
                "mode", word -> new Mode(Way.of(word), step.orElse(Duration.ZERO)));
    }

    private static Optional<Duration> reread(Settings settings) {
        return settings.text("reread").filter(OFF::equals).isPresent()
                ? Optional.empty()
                : Optional.of(settings.time("reread", REREAD));
    }

    private static long rate(String text) {
        if (!text.matches("[1-9][0-9]{0,11}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no number of samples in a second");
        }
        return Long.parseLong(text);
    }

    /// More would be an attack.
    private static int parallel(String text) {
        if (!text.matches("[1-9]|[1-5][0-9]|6[0-4]")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no number of queries at one time, 1 to 64");
        }
        return Integer.parseInt(text);
    }

    private static boolean keep(String word) {
        return switch (word) {
            case "keep" -> true;
            case "strip" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "\"" + word + "\" is neither keep nor strip");
        };
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time such as 2026-01-31T00:00:00Z".formatted(text), e);
        }
    }

    /// These settings, with some others.
    public static Map<String, String> with(
            Map<String, String> settings, String name, String value) {
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return more;
    }
}
