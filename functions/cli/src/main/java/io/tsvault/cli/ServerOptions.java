package io.tsvault.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// How to reach a server. Secrets are never given here, only where they are.
final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Such as http://host:9090/prometheus.")
    private @Nullable String url;

    @Option(names = "--username-env", paramLabel = "NAME", description = "Variable with the user.")
    private @Nullable String usernameEnv;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Variable with the password.")
    private @Nullable String passwordEnv;

    @Option(names = "--username-file", paramLabel = "FILE", description = "File with the user.")
    private @Nullable String usernameFile;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password.")
    private @Nullable String passwordFile;

    @Option(names = "--bearer-env", paramLabel = "NAME", description = "Variable with a token.")
    private @Nullable String bearerEnv;

    @Option(names = "--bearer-file", paramLabel = "FILE", description = "File with a token.")
    private @Nullable String bearerFile;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "File of lines NAME=value that holds these variables.")
    private @Nullable String envFile;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Sent with every request, such as X-Scope-OrgID=prod.")
    private Map<String, String> headers = Map.of();

    @Option(names = "--ca-file", paramLabel = "FILE", description = "PEM: whom to trust.")
    private @Nullable String caFile;

    @Option(names = "--cert-file", paramLabel = "FILE", description = "PEM: our certificate.")
    private @Nullable String certFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "PEM: its key.")
    private @Nullable String keyFile;

    @Option(
            names = "--sign",
            paramLabel = "aws:REGION",
            description = "Sign requests, for Amazon Managed Prometheus.")
    private @Nullable String sign;

    @Option(names = "--proxy", paramLabel = "URL", description = "Through this HTTP proxy.")
    private @Nullable String proxy;

    @Option(
            names = "--timeout",
            paramLabel = "KIND=TIME",
            description = "connect, first-byte, idle or total: total=10m.")
    private Map<String, String> timeouts = Map.of();

    /// What was said, as settings.
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        put(settings, "url", url);
        put(settings, "username-env", usernameEnv);
        put(settings, "password-env", passwordEnv);
        put(settings, "username-file", absolute(usernameFile));
        put(settings, "password-file", absolute(passwordFile));
        put(settings, "bearer-env", bearerEnv);
        put(settings, "bearer-file", absolute(bearerFile));
        put(settings, "env-file", absolute(envFile));
        put(settings, "ca-file", absolute(caFile));
        put(settings, "cert-file", absolute(certFile));
        put(settings, "key-file", absolute(keyFile));
        put(settings, "sign", sign);
        put(settings, "proxy", proxy);
        headers.forEach((name, value) -> settings.put("header." + name, value));
        timeouts.forEach((name, value) -> settings.put("timeout-" + name, value));
        return settings;
    }

    /// A scheduled run begins in another folder.
    private static @Nullable String absolute(@Nullable String file) {
        return file == null ? null : Path.of(file).toAbsolutePath().normalize().toString();
    }

    static void put(Map<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
