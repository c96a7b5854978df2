package io.tsvault.cli;

import io.tsvault.aws.AwsSignature;
import io.tsvault.core.config.StreamConfig;
import io.tsvault.core.config.TimeText;
import io.tsvault.core.export.Shards;
import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Source;
import io.tsvault.core.source.TooMuch;
import io.tsvault.core.source.Way;
import io.tsvault.prometheus.PrometheusSource;
import io.tsvault.prometheus.PrometheusSource.External;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.RequestSigner;
import io.tsvault.prometheus.http.ServerSettings;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Servers to read from, as they are registered.
final class Sources {
    private static final String AUTO = "auto";

    private Sources() {}

    /// @throws IllegalArgumentException when these settings are none of a server
    static void check(Map<String, String> settings) {
        ServerSettings.from(settings);
    }

    static Source open(Map<String, String> settings, boolean keepExternalLabels) {
        return new PrometheusSource(
                connect(settings), keepExternalLabels ? External.KEEP : External.STRIP);
    }

    /// As a stream reads it.
    static Source open(Map<String, String> settings, StreamConfig config) {
        return open(settings, config, Instant.MAX);
    }

    /// The same.
    ///
    /// @param until no request lasts longer
    static Source open(Map<String, String> settings, StreamConfig config, Instant until) {
        return new PrometheusSource(
                connect(settings, until),
                config.keepExternalLabels() ? External.KEEP : External.STRIP,
                config.parallel());
    }

    static Http connect(Map<String, String> settings) {
        return connect(settings, Instant.MAX);
    }

    private static Http connect(Map<String, String> settings, Instant until) {
        ServerSettings server = ServerSettings.from(settings);
        return Http.to(server, System.getenv(), signer(server), until);
    }

    /// `aws:REGION` is signed as Amazon Managed Service for Prometheus wants it.
    private static RequestSigner signer(ServerSettings server) {
        return server.sign()
                .map(sign -> sign.substring(sign.indexOf(':') + 1))
                .map(AwsSignature::ofPrometheus)
                .<RequestSigner>map(signature -> signature::headers)
                .orElse(RequestSigner.NONE);
    }

    /// Nobody should guess how often a server is scraped.
    ///
    /// @param stream settings of one
    /// @throws IllegalArgumentException when it is read on a grid without a step, naming the one
    ///     that fits
    static void requireStep(Map<String, String> server, Map<String, String> stream) {
        String grid = Way.QUERY_RANGE.toString();
        if (grid.equals(stream.get("mode")) && !stream.containsKey("step")) {
            throw new IllegalArgumentException(grid + " needs a step: " + step(server));
        }
    }

    private static String step(Map<String, String> server) {
        try (Source source = open(server, false)) {
            return ScrapeInterval.of(source, source.probe())
                    .map(TimeText::of)
                    .map(step -> "the source is scraped every %s, add --step %<s".formatted(step))
                    .orElse("how often the source is scraped, such as --step 30s");
        } catch (Transient | Permanent | TooMuch e) {
            return "how often the source is scraped, such as --step 30s (that could not be"
                    + " measured: "
                    + e.getMessage()
                    + ")";
        }
    }

    static boolean isUrl(String text) {
        return text.contains("://");
    }

    /// Do both mean the same server, as far as their settings tell? Behind one address are several
    /// where headers say which.
    static boolean areSame(Map<String, String> one, Map<String, String> other) {
        return where(one).equals(where(other)) && headers(one).equals(headers(other));
    }

    private static String where(Map<String, String> settings) {
        URI uri = URI.create(settings.getOrDefault("url", ""));
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        boolean isSecure = "https".equals(uri.getScheme());
        return "%s:%d%s"
                .formatted(
                        host.equals("localhost") ? "127.0.0.1" : host,
                        uri.getPort() < 0 ? (isSecure ? 443 : 80) : uri.getPort(),
                        String.valueOf(uri.getPath()).replaceAll("/+$", ""));
    }

    private static Map<String, String> headers(Map<String, String> settings) {
        Map<String, String> headers = new TreeMap<>(settings);
        headers.keySet().removeIf(name -> !name.startsWith("header."));
        return headers;
    }

    /// A name made of host and port.
    static String nameOf(String url) {
        URI uri = URI.create(url);
        String host = uri.getHost() == null ? "source" : uri.getHost();
        String name = uri.getPort() < 0 ? host : host + "-" + uri.getPort();
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-").replaceAll("^-+", "");
    }

    /// Names of metrics that divide a slice, by what the last whole one of the source has.
    ///
    /// @param shards how many parts, or `auto`
    static List<String> parts(Map<String, String> server, StreamConfig config, String shards) {
        int wanted = shards.equals(AUTO) ? 0 : number(shards);
        try (Source source = open(server, config)) {
            long widthMs = config.slice().toMillis();
            long endMs = source.probe().clock().minus(config.settle()).toEpochMilli();
            long lastMs = Math.floorDiv(endMs, widthMs) * widthMs;
            SortedMap<String, Long> samples = new TreeMap<>();
            for (Selector selector : config.selectors()) {
                source.count(selector, new TimeRange(lastMs - widthMs, lastMs))
                        .forEach((metric, count) -> samples.merge(metric, count, Long::sum));
            }
            if (samples.isEmpty()) {
                throw new Permanent(
                        "the last slice of the source holds nothing, so it cannot be divided: do"
                                + " that once it has data");
            }
            long all = samples.values().stream().mapToLong(Long::longValue).sum();
            return Shards.bounds(samples, wanted == 0 ? Shards.fitting(all) : wanted);
        }
    }

    private static int number(String shards) {
        if (!shards.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "--shards %s: give a number from 1 to 9999, or auto".formatted(shards));
        }
        return Integer.parseInt(shards);
    }
}
