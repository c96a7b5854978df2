package io.tsvault.prometheus.http;

import java.net.URI;
import java.util.Map;

/// Proves to a server who asks, by headers that depend on the whole request.
@FunctionalInterface
public interface RequestSigner {
    /// Adds nothing.
    RequestSigner NONE = (_, _, headers, _) -> headers;

    /// The headers to send instead of `headers`.
    ///
    /// @param body empty when there is none; not to be changed
    Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body);
}
