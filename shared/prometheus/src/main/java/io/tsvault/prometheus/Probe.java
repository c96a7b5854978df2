package io.tsvault.prometheus;

import com.fasterxml.jackson.core.JsonToken;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
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

    Probe(Api api) {
        this.api = api;
    }

    private record Who(String product, String version) {}

    Abilities run() {
        Map<String, String> build = new TreeMap<>();
        Instant clock = clock(build);
        boolean exports = works(() -> api.export(NOTHING, NO_TIME, JsonWalk::requireEnd));
        Who who = exports ? victoriaMetrics() : who(build);
        Config config = exports ? Config.UNKNOWN : config();
        if (!exports) {
            noteLimits();
        }
        List<Way> ways = new ArrayList<>();
        if (!exports && readsRemotely(config)) {
            ways.add(Way.REMOTE_READ);
        }
        ways.addAll(queries(exports));
        if (ways.isEmpty()) {
            notes.add("it answers no query: is it an agent, which keeps nothing?");
        }
        Labels labels = config.externalLabels();
        String identity = labels.equals(Labels.NONE) ? "" : labels.toString();
        int digits = Profile.of(who.product()).digits();
        String address = api.http().url().toString();
        return new Abilities(
                who.product(), who.version(), identity, clock, digits, ways, notes, address);
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

    /// The members of an object that are no objects or arrays.
    static void flat(JsonWalk walk, Map<String, String> into) {
        walk.members(
                name -> {
                    if (walk.is(JsonToken.START_OBJECT) || walk.is(JsonToken.START_ARRAY)) {
                        walk.skip();
                    } else {
                        into.put(name, walk.anyText());
                    }
                });
    }

    /// What its build information calls a version is that of the API it speaks, 2.24.0 for ever.
    /// Builds of Debian leave their own empty.
    private Who victoriaMetrics() {
        String metrics = api.metrics();
        for (Pattern pattern : List.of(VICTORIA_METRICS, ANY_VICTORIA_METRICS)) {
            Matcher version = pattern.matcher(metrics);
            if (version.find()) {
                return new Who("victoria-metrics", version.group(1));
            }
        }
        notes.add("its build does not tell its version");
        return new Who("victoria-metrics", "");
    }

    private Who who(Map<String, String> build) {
        String application = build.getOrDefault("application", "").toLowerCase(Locale.ROOT);
        String version = build.getOrDefault("version", "");
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

    private Config config() {
        Optional<Config> shown = Config.of(api);
        if (shown.isEmpty()) {
            notes.add("it does not show its configuration: external labels are not known");
        }
        Config config = shown.orElse(Config.UNKNOWN);
        if (config.readsFromElsewhere()) {
            notes.add(
                    "it reads from other servers too (remote_read): when one of them fails,"
                            + " remote-read does not tell");
        }
        return config;
    }

    private void noteLimits() {
        Map<String, String> flags = new TreeMap<>();
        if (works(() -> api.ask("/api/v1/status/flags", walk -> flat(walk, flags)))) {
            LIMITS.stream()
                    .filter(flag -> !flags.getOrDefault(flag, "").isEmpty())
                    .forEach(flag -> notes.add(flag + " is " + flags.get(flag)));
        }
    }

    private List<Way> queries(boolean exports) {
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

    private boolean readsRemotely(Config config) {
        RemoteRead read = new RemoteRead(api.http(), ExternalLabels.NONE, RemoteRead.USUAL);
        if (!works(() -> read.read(Selector.parse(NOTHING), NO_TIME).close())) {
            return false;
        }
        Optional<String> ambiguous =
                config.selectors().stream()
                        .filter(match -> api.hasSeries(match, ANY_TIME))
                        .findFirst();
        ambiguous.ifPresent(
                match ->
                        notes.add(
                                "remote-read adds external labels, and there are series that have"
                                        + " one by themselves, "
                                        + match
                                        + ": two series could look the same, so it is left out"));
        return ambiguous.isEmpty();
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
