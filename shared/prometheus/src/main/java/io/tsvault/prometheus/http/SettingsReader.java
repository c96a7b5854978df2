package io.tsvault.prometheus.http;

import io.tsvault.core.json.Nearest;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads [ServerSettings], key by key. What a value was is shown only where it cannot be a secret.
final class SettingsReader {
    private static final String HEADER = "header.";
    private static final List<String> KEYS =
            List.of(
                    "url",
                    "username-env",
                    "password-env",
                    "username-file",
                    "password-file",
                    "bearer-env",
                    "bearer-file",
                    "env-file",
                    "header.NAME",
                    "ca-file",
                    "cert-file",
                    "key-file",
                    "sign",
                    "timeout-connect",
                    "timeout-first-byte",
                    "timeout-idle",
                    "timeout-total",
                    "proxy");

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
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m)");
    private static final Pattern SIGNING = Pattern.compile("aws:[a-z0-9-]+");

    private final Map<String, String> settings;

    SettingsReader(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    ServerSettings.Parts read() {
        settings.keySet().forEach(SettingsReader::requireKnown);
        return new ServerSettings.Parts(
                url(), credentials(), headers(), tls(), timeouts(), sign(), proxy());
    }

    private static void requireKnown(String key) {
        if (!key.startsWith(HEADER) && !KEYS.contains(key)) {
            throw new IllegalArgumentException(
                    "there is no setting \"%s\"; %s"
                            .formatted(
                                    key,
                                    Nearest.to(key, KEYS)
                                            .map("did you mean \"%s\"?"::formatted)
                                            .orElseGet(() -> "there is " + KEYS)));
        }
    }

    private Optional<String> get(String key) {
        return Optional.ofNullable(settings.get(key));
    }

    private URI url() {
        URI url = uri("url", get("url").orElseThrow(() -> wrong("url", "is missing")));
        if (url.getRawQuery() != null) {
            throw wrong("url", "has a query; the server adds its own");
        }
        String text = url.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    private static URI uri(String key, String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getRawUserInfo() != null || text.contains("@")) {
                throw wrong(
                        key,
                        "must hold no user and no password: name a variable by username-env and"
                                + " password-env");
            }
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw wrong(key, "is not like http://host:9090/path");
            }
            if (uri.getRawFragment() != null) {
                throw wrong(key, "has a part behind #");
            }
            return uri;
        } catch (URISyntaxException _) { // its message would show what may be a password
            throw wrong(key, "is not like http://host:9090/path");
        }
    }

    private Optional<URI> proxy() {
        Optional<URI> proxy = get("proxy").map(text -> uri("proxy", text));
        if (proxy.isPresent() && !proxy.get().getScheme().equals("http")) {
            throw wrong("proxy", "is not like http://host:3128");
        }
        return proxy;
    }

    private Credentials credentials() {
        Optional<Secret> username = secret("username");
        Optional<Secret> password = secret("password");
        Optional<Secret> bearer = secret("bearer");
        if (username.isPresent() != password.isPresent()) {
            throw wrong("username", "and password need each other");
        }
        boolean named =
                Stream.of("username-env", "password-env", "bearer-env")
                        .anyMatch(key -> get(key).isPresent());
        if (get("env-file").isPresent() && !named) {
            throw wrong(
                    "env-file",
                    "needs the names of its variables: username-env and password-env, or"
                            + " bearer-env");
        }
        long ways = Stream.of(username, bearer, get("sign")).filter(Optional::isPresent).count();
        if (ways > 1) {
            throw wrong("bearer", "or username or sign: only one of them can say who asks");
        }
        if (bearer.isPresent()) {
            return new Credentials.Bearer(bearer.get());
        }
        return username.isPresent()
                ? new Credentials.Basic(username.get(), password.get())
                : new Credentials.None();
    }

    private Optional<Secret> secret(String what) {
        Optional<Secret> variable = get(what + "-env").map(this::variable);
        Optional<Secret> file = get(what + "-file").map(Path::of).map(Secret.File::new);
        if (variable.isPresent() && file.isPresent()) {
            throw wrong(what, "is both in a variable and in a file");
        }
        return variable.or(() -> file);
    }

    private Secret variable(String name) {
        return get("env-file")
                .map(Path::of)
                .map(EnvFile::new)
                .<Secret>map(file -> new Secret.Listed(file, name))
                .orElseGet(() -> new Secret.Variable(name));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(HEADER)) {
                        headers.put(headerName(key), value);
                        if (!PRINTABLE.matcher(value).matches()) {
                            throw wrong(key, "holds more than printable ASCII");
                        }
                    }
                });
        return headers;
    }

    private static String headerName(String key) {
        String name = key.substring(HEADER.length());
        if (!TOKEN.matcher(name).matches() || NOT_FREE.contains(name.toLowerCase(Locale.ROOT))) {
            throw wrong(key, "cannot be set; who asks is said by username, bearer or sign");
        }
        return name;
    }

    private TlsFiles tls() {
        Optional<Path> certificates = get("cert-file").map(Path::of);
        Optional<Path> key = get("key-file").map(Path::of);
        if (certificates.isPresent() != key.isPresent()) {
            throw wrong("cert-file", "and key-file need each other");
        }
        return new TlsFiles(
                get("ca-file").map(Path::of),
                certificates.map(path -> new TlsFiles.Identity(path, key.orElseThrow())));
    }

    private Timeouts timeouts() {
        return new Timeouts(
                time("timeout-connect", Timeouts.USUAL.connect()),
                time("timeout-first-byte", Timeouts.USUAL.firstByte()),
                time("timeout-idle", Timeouts.USUAL.idle()),
                time("timeout-total", Timeouts.USUAL.total()));
    }

    private Duration time(String key, Duration usual) {
        if (get(key).isEmpty()) {
            return usual;
        }
        Matcher time = TIME.matcher(get(key).get());
        if (!time.matches()) {
            throw wrong(key, "is not like 500ms, 5s or 10m");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private Optional<String> sign() {
        Optional<String> sign = get("sign");
        if (sign.isPresent() && !SIGNING.matcher(sign.get()).matches()) {
            throw wrong("sign", "is not like aws:eu-central-1");
        }
        return sign;
    }

    private static IllegalArgumentException wrong(String key, String why) {
        return new IllegalArgumentException("setting " + key + " " + why);
    }
}
