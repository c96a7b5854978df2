package io.tsvault.prometheus.http;

import java.nio.file.Path;
import java.util.Optional;

/// What TLS needs besides the authorities that Java knows.
///
/// @param authorities PEM certificates to trust instead of those
/// @param identity who one is towards the server
record TlsFiles(Optional<Path> authorities, Optional<Identity> identity) {
    /// @param certificates PEM, one's own first
    /// @param key PEM, PKCS #8, not encrypted
    record Identity(Path certificates, Path key) {}
}
