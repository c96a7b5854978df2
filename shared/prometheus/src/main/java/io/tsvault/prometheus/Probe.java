package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Abilities;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.source.Way;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds out who a server is and what really works, by tiny requests for nothing.
final class Probe {
    private static final String NOTHING = "{__name__=\"tsvault_probe\"}";
    private static final TimeRange NO_TIME = new TimeRange(0, 1);
    private static final TimeRange ANY_TIME = new TimeRange(0, 1L << 42);
    private static final Pattern VICTORIA_METRICS =
            Pattern.compile("vm_app_version\\{[^}]*?short_version=\"v?([^\"]+)\"");
    private static final Pattern ANY_VICTORIA_METRICS =
            Pattern.compile("vm_app_version\\{version=\"[^\"]*?v?([0-9]+\\.[0-9.]*[0-9])[^\"]*\"");
    private static final List<String> LIMITS =
            List.of(
                    "query.max-samples",
                    "query.timeout",
                    "query.lookback-delta",
                    "storage.remote.read-sample-limit",
                    "storage.tsdb.min-block-duration",
                    "storage.tsdb.retention.time",
                    "storage.tsdb.retention.size");

    private final Api api;
    private final List<String> notes = new ArrayList<>();
    private Config config = new Config(Labels.NONE, false);

    Probe(Api api) {
        this.api = api;
    }

    private record Who(String product, String version) {}

    Abilities run() {
        Map<String, String> build = new TreeMap<>();
        Instant clock = clock(build);
        boolean exports = works(() -> api.export(NOTHING, NO_TIME, JsonWalk::requireEnd));
        Who who = exports ? victoriaMetrics() : who(build);
        if (!exports) {
            readConfig();
            noteLimits();
        }
        List<Way> ways = ways(exports);
        ways.forEach(way -> notes.add(way + " loses " + String.join(", ", way.lost())));
        if (ways.isEmpty()) {
            notes.add("it answers no query: is it an agent, which keeps nothing?");
        }
        String identity =
                config.externalLabels().size() == 0 ? "" : config.externalLabels().toString();
        return new Abilities(who.product(), who.version(), identity, clock, ways, notes);
    }

    private Instant clock(Map<String, String> build) {
        return api.ask("/api/v1/status/buildinfo", walk -> flat(walk, build))
                .serverClock()
                .orElseThrow(
                        () ->
                                new Permanent(
                                        api.http().url()
                                                + " says no Date: let the proxy before it pass"
                                                + " that header"));
    }

    private static void flat(JsonWalk walk, Map<String, String> into) {
        walk.members(
                name -> {
                    if (walk.is(JsonToken.START_OBJECT) || walk.is(JsonToken.START_ARRAY)) {
                        walk.skip();
                    } else {
                        into.put(name, walk.anyText());
                    }
                });
    }

    private Who victoriaMetrics() {
        String metrics = api.metrics();
        for (Pattern pattern : List.of(VICTORIA_METRICS, ANY_VICTORIA_METRICS)) {
            Matcher version = pattern.matcher(metrics);
            if (version.find()) {
                return new Who("victoria-metrics", version.group(1));
            }
        }
        return new Who("victoria-metrics", "unknown");
    }

    private Who who(Map<String, String> build) {
        String application = build.getOrDefault("application", "").toLowerCase(Locale.ROOT);
        String version = build.getOrDefault("version", "unknown");
        String host = Optional.ofNullable(api.http().url().getHost()).orElse("");
        if (host.startsWith("aps-workspaces.")) {
            return new Who("amp", version);
        }
        for (String product : List.of("mimir", "cortex", "thanos")) {
            if (application.contains(product)) {
                return new Who(product, version);
            }
        }
        boolean hasStores = works(() -> api.ask("/api/v1/stores", JsonWalk::skip));
        return new Who(hasStores ? "thanos" : "prometheus", version);
    }

    private void readConfig() {
        try {
            var _ =
                    api.ask(
                            "/api/v1/status/config",
                            walk ->
                                    walk.members(
                                            name -> {
                                                if (name.equals("yaml")) {
                                                    config = Config.of(walk.text());
                                                } else {
                                                    walk.skip();
                                                }
                                            }));
        } catch (Permanent _) {
            notes.add("it does not show its configuration: external labels are not known");
        }
        if (config.readsFromElsewhere()) {
            notes.add(
                    "it reads from other servers too (remote_read): when one of them fails,"
                            + " remote-read does not tell");
        }
    }

    private void noteLimits() {
        Map<String, String> flags = new TreeMap<>();
        if (works(() -> api.ask("/api/v1/status/flags", walk -> flat(walk, flags)))) {
            LIMITS.stream()
                    .filter(flag -> !flags.getOrDefault(flag, "").isEmpty())
                    .forEach(flag -> notes.add(flag + " is " + flags.get(flag)));
        }
    }

    private List<Way> ways(boolean exports) {
        List<Way> ways = new ArrayList<>();
        long now = Duration.ofHours(1).toMillis();
        if (exports) {
            ways.add(Way.EXPORT);
        } else if (works(() -> api.query(NOTHING + "[1s]", now, JsonWalk::skip))) {
            ways.add(Way.RAW);
        }
        TimeRange point = new TimeRange(now, now + 1);
        Duration step = Duration.ofSeconds(30);
        if (works(() -> api.queryRange(NOTHING, point, step, JsonWalk::skip))) {
            ways.add(Way.QUERY_RANGE);
        }
        return ways;
    }

    /// Is there a series that has an external label by itself? Remote read adds them, and two
    /// series would look the same.
    boolean isAmbiguous() {
        return config.selectors().stream().anyMatch(match -> api.hasSeries(match, ANY_TIME));
    }

    /// Does it answer? What is refused does not work; what fails otherwise is no answer to this.
    private static boolean works(Runnable trial) {
        try {
            trial.run();
            return true;
        } catch (Permanent | TooMuch _) {
            return false;
        }
    }
}
