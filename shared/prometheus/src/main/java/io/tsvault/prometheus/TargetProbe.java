package io.tsvault.prometheus;

import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.config.TimeText;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.target.Standing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a target what it takes.
final class TargetProbe {
    private static final Duration BLOCK = Duration.ofHours(2);
    private static final Pattern WINDOW =
            Pattern.compile("(?m)^\\s+out_of_order_time_window: (\\S+)$");
    private static final Pattern TIME = Pattern.compile("^([0-9a-z]+)");
    private static final Pattern KEPT =
            Pattern.compile("flag\\{name=\"retentionPeriod\", value=\"([^\"]+)\"");
    private static final Pattern STARTED =
            Pattern.compile(
                    "(?m)^(?:process_start_time_seconds|vm_app_start_timestamp) ([0-9.e+]+)");
    private static final Pattern LATE_LOG =
            Pattern.compile(
                    "(?m)^prometheus_tsdb_out_of_order_wbl_storage_size_bytes ([0-9.e+]+)$");
    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration YEAR = Duration.ofDays(365);

    private final Api api;
    private final Profile profile;
    private final List<String> notes = new ArrayList<>();

    TargetProbe(Api api, Profile profile) {
        this.api = api;
        this.profile = profile;
    }

    Standing run() {
        Abilities abilities = new Probe(api).run();
        Map<String, String> flags = answer("/api/v1/status/flags");
        Map<String, Long> head = profile.anyOrder() ? Map.of() : head();
        String metrics = metrics();
        Standing.Order order = profile.anyOrder() ? Standing.Order.ANY : order(flags);
        return new Standing(
                abilities.product(),
                abilities.version(),
                abilities.identity(),
                abilities.clock(),
                order,
                profile.anyOrder() ? OptionalLong.empty() : newest(head, abilities.clock()),
                profile.anyOrder() ? retentionPeriod(metrics) : retention(),
                profile.keepsDuplicates(),
                abilities.digits(),
                profile.flushWait(),
                replaces(flags, head),
                !order.any() && order.window().isPositive() && holdsLate(metrics),
                started(metrics),
                notes);
    }

    private Standing.Order order(Map<String, String> flags) {
        Duration block =
                Optional.ofNullable(flags.get("storage.tsdb.min-block-duration"))
                        .flatMap(TargetProbe::time)
                        .orElse(BLOCK);
        String config = answer("/api/v1/status/config").getOrDefault("yaml", "");
        Matcher window = WINDOW.matcher(config);
        Duration reach =
                window.find() ? time(window.group(1)).orElse(Duration.ZERO) : Duration.ZERO;
        if (config.contains("\nscrape_configs:") && reach.isZero()) {
            notes.add("it scrapes: its newest sample moves on while it is restored into");
        }
        return new Standing.Order(false, reach, block.dividedBy(2));
    }

    /// What it tells of the samples that are not in blocks yet, by name.
    private Map<String, Long> head() {
        Map<String, Long> stats = new TreeMap<>();
        try {
            var _ =
                    api.ask(
                            "/api/v1/status/tsdb",
                            walk ->
                                    walk.members(
                                            name -> {
                                                if (name.equals("headStats")) {
                                                    headStats(walk, stats);
                                                } else {
                                                    walk.skip();
                                                }
                                            }));
        } catch (Permanent | TooMuch _) {
            return Map.of();
        }
        return stats;
    }

    private static void headStats(JsonWalk walk, Map<String, Long> stats) {
        walk.members(
                stat -> {
                    String text = walk.anyText();
                    if (stat.equals("minTime") || stat.equals("maxTime")) {
                        stats.put(stat, Long.parseLong(text));
                    }
                });
    }

    /// Who does not tell what the newest sample is may be scraping, at this moment.
    private OptionalLong newest(Map<String, Long> head, Instant clock) {
        Long newest = head.get("maxTime");
        if (newest != null) {
            boolean isEmpty = newest <= 0 || newest == Long.MAX_VALUE;
            return isEmpty ? OptionalLong.empty() : OptionalLong.of(newest);
        }
        TimeRange ever = new TimeRange(0, clock.toEpochMilli());
        if (!api.hasSeries(StreamConfig.EVERYTHING.toString(), ever)) {
            return OptionalLong.empty();
        }
        notes.add(
                "it does not tell what its newest sample is, and is not empty: taken to have"
                        + " samples up to now");
        return OptionalLong.of(clock.toEpochMilli());
    }

    /// Only what is in blocks: Prometheus 3 hides what is written where the head had a sample that
    /// was deleted, and 2 does not take the newest sample of a series anew.
    private OptionalLong replaces(Map<String, String> flags, Map<String, Long> head) {
        boolean deletes = flags.getOrDefault("web.enable-admin-api", "false").equals("true");
        Long oldest = head.get("minTime");
        return deletes && oldest != null ? OptionalLong.of(oldest) : OptionalLong.empty();
    }

    /// What came out of order has a log of its own until it is in blocks.
    private static boolean holdsLate(String metrics) {
        Matcher log = LATE_LOG.matcher(metrics);
        return !log.find() || Double.parseDouble(log.group(1)) > 0;
    }

    /// Such as `15d`, or `200h or 5GiB`.
    private Optional<Duration> retention() {
        String kept = answer("/api/v1/status/runtimeinfo").getOrDefault("storageRetention", "");
        Matcher time = TIME.matcher(kept);
        return time.find() ? time(time.group(1)) : Optional.empty();
    }

    /// Of VictoriaMetrics: a number is one of months.
    private static Optional<Duration> retentionPeriod(String metrics) {
        Matcher kept = KEPT.matcher(metrics);
        if (!kept.find()) {
            return Optional.empty();
        }
        String text = kept.group(1);
        return text.matches("[0-9]{1,5}")
                ? Optional.of(MONTH.multipliedBy(Long.parseLong(text)))
                : time(text);
    }

    private static Optional<Instant> started(String metrics) {
        Matcher started = STARTED.matcher(metrics);
        return started.find()
                ? Optional.of(
                        Instant.ofEpochMilli((long) (1000 * Double.parseDouble(started.group(1)))))
                : Optional.empty();
    }

    private String metrics() {
        try {
            return api.metrics();
        } catch (Permanent | TooMuch _) {
            return "";
        }
    }

    private Map<String, String> answer(String path) {
        Map<String, String> members = new TreeMap<>();
        try {
            var _ = api.ask(path, walk -> Probe.flat(walk, members));
        } catch (Permanent | TooMuch _) {
            notes.add("it does not answer " + path);
        }
        return members;
    }

    /// `2h`, `15d`, `1y`, `1w2d`.
    private static Optional<Duration> time(String text) {
        try {
            int years = text.indexOf('y');
            return years < 0
                    ? Optional.of(TimeText.parse(text))
                    : Optional.of(YEAR.multipliedBy(Long.parseLong(text.substring(0, years))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
