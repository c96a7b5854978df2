package io.tsvault.prometheus.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// Where a server is and how to talk to it. Holds no secret, only where secrets lie; header values
/// are not shown either.
///
/// | key | value |
/// |---|---|
/// | `url` | `http` or `https`, with the path in front of `/api/v1`; no user, query or fragment |
/// | `username-env`, `password-env` | variables, for basic authentication |
/// | `username-file`, `password-file` | files, for the same |
/// | `bearer-env`, `bearer-file` | a variable or a file with a token |
/// | `env-file` | a file that holds these variables, in place of the environment |
/// | `header.NAME` | a header for every request, `header.X-Scope-OrgID` say |
/// | `ca-file` | PEM certificates to trust instead of those that Java trusts |
/// | `cert-file`, `key-file` | PEM, one's own certificate and its key |
/// | `sign` | `aws:REGION`: requests are signed |
/// | `timeout-connect`, `timeout-idle` | `500ms`, `5s`, `10m`, up to `1d` |
/// | `timeout-first-byte`, `timeout-total` | the same |
/// | `proxy` | `http://host:port` |
public final class ServerSettings {
    private final Parts parts;

    record Parts(
            URI url,
            Credentials credentials,
            Map<String, String> headers,
            TlsFiles tls,
            Timeouts timeouts,
            Optional<String> sign,
            Optional<URI> proxy) {
        Parts {
            headers = Map.copyOf(headers);
        }
    }

    private ServerSettings(Parts parts) {
        this.parts = parts;
    }

    /// Reads settings.
    ///
    /// @throws IllegalArgumentException naming each key that is wrong, and what it should be
    public static ServerSettings from(Map<String, String> settings) {
        return new ServerSettings(SettingsReader.read(settings));
    }

    /// Where the server is; paths are added behind it.
    public URI url() {
        return parts.url;
    }

    /// `aws:REGION` when requests are to be signed.
    public Optional<String> sign() {
        return parts.sign;
    }

    Parts parts() {
        return parts;
    }

    /// The URL, which holds no secret.
    @Override
    public String toString() {
        return parts.url.toString();
    }
}
