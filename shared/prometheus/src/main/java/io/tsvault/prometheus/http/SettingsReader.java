package io.tsvault.prometheus.http;

import io.tsvault.core.config.Settings;
import io.tsvault.core.config.TimeText;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Reads [ServerSettings]. What a value was is shown only where it cannot be a secret. Every
/// setting is asked for, whatever is wrong with others: what was not asked for is unknown.
final class SettingsReader {
    private static final URI NOWHERE = URI.create("http://nowhere");
    private static final Duration LONGEST = Duration.ofDays(1);

    /// Those that say who one is, and those that frame a message.
    private static final List<String> NOT_FREE =
            List.of(
                    "authorization",
                    "cookie",
                    "host",
                    "connection",
                    "content-length",
                    "content-type",
                    "content-encoding",
                    "transfer-encoding");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Predicate<String> PRINTABLE = Pattern.compile("[ -~]*").asMatchPredicate();
    private static final Pattern SIGNING = Pattern.compile("aws:[a-z0-9-]+");

    private final Settings settings;

    private SettingsReader(Settings settings) {
        this.settings = settings;
    }

    static ServerSettings.Parts read(Map<String, String> settings) {
        return Settings.read(settings, given -> new SettingsReader(given).parts());
    }

    private ServerSettings.Parts parts() {
        var _ = settings.required("url");
        return new ServerSettings.Parts(
                settings.of("url", NOWHERE, SettingsReader::url),
                new CredentialsReader(settings).read(),
                headers(),
                tls(),
                timeouts(),
                settings.optional("sign", SettingsReader::sign),
                settings.optional("proxy", SettingsReader::proxy));
    }

    private static URI url(String text) {
        URI url = uri(text);
        if (url.getRawQuery() != null) {
            throw new IllegalArgumentException("has a query; the server adds its own");
        }
        String plain = url.toString();
        return plain.endsWith("/") ? URI.create(plain.substring(0, plain.length() - 1)) : url;
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getRawUserInfo() != null || text.contains("@")) {
                throw new IllegalArgumentException(
                        "must hold no user and no password: name a variable by username-env and"
                                + " password-env");
            }
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException("is not like http://host:9090/path");
            }
            if (uri.getRawFragment() != null) {
                throw new IllegalArgumentException("has a part behind #");
            }
            return uri;
        } catch (URISyntaxException _) { // its message would show what may be a password
            throw new IllegalArgumentException("is not like http://host:9090/path");
        }
    }

    private static URI proxy(String text) {
        URI proxy = uri(text);
        if (!proxy.getScheme().equals("http")) {
            throw new IllegalArgumentException("is not like http://host:3128");
        }
        return proxy;
    }

    private static String sign(String text) {
        if (!SIGNING.matcher(text).matches()) {
            throw new IllegalArgumentException("is not like aws:eu-central-1");
        }
        return text;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>(settings.beginning("header."));
        headers.forEach(
                (name, value) -> {
                    settings.require(
                            TOKEN.matcher(name).matches()
                                    && !NOT_FREE.contains(name.toLowerCase(Locale.ROOT)),
                            "header.%s cannot be set; who asks is said by username, bearer or sign"
                                    .formatted(name));
                    settings.require(
                            PRINTABLE.test(value),
                            "header.%s holds more than printable ASCII".formatted(name));
                });
        return headers;
    }

    private TlsFiles tls() {
        Optional<Path> certificates = settings.optional("cert-file", Path::of);
        Optional<Path> key = settings.optional("key-file", Path::of);
        settings.require(
                certificates.isPresent() == key.isPresent(),
                "cert-file and key-file need each other");
        return new TlsFiles(
                settings.optional("ca-file", Path::of),
                certificates.flatMap(path -> key.map(its -> new TlsFiles.Identity(path, its))));
    }

    private Timeouts timeouts() {
        return new Timeouts(
                time("connect", Timeouts.USUAL.connect()),
                time("first-byte", Timeouts.USUAL.firstByte()),
                time("idle", Timeouts.USUAL.idle()),
                time("total", Timeouts.USUAL.total()));
    }

    private Duration time(String kind, Duration usual) {
        return settings.of("timeout-" + kind, usual, SettingsReader::time);
    }

    private static Duration time(String text) {
        Duration time = TimeText.parse(text);
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not from 1ms to 1d");
        }
        return time;
    }
}
