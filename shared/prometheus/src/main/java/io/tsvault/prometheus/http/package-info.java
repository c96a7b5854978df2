/// One way to talk HTTP to a server of time series: everything that can be wrong below the protocol
/// ends here, in one of three exceptions.
///
/// ```text
/// ServerSettings -> Http -send(Call)-> Answer: 2xx, a body that may be read
///                     \-------------> Transient | Permanent | TooMuch
/// ```
///
/// | becomes | when |
/// |---|---|
/// | `Transient` | no connection, no first byte, a cut body; 5xx and 429, with the wait asked |
/// | `Permanent` | TLS; 401, 403, 404 and other 4xx; a redirect; an old answer of a cache; |
/// | | a foreign media type; a body of unknown length; a decompression bomb |
/// | `TooMuch` | 422, 504, too many points or samples, a query or a deadline that timed out; |
/// | | a trickle; more bytes than the call allows |
///
/// Nothing is sent twice, but for one case: after a 401 or 403 the secrets are read anew, once.
/// Redirects are not followed, cookies not kept, answers not taken from caches.
///
/// Secrets are named, never given: a variable of the environment or of an env file, or a file. They
/// are read when they are needed, and neither settings, messages nor exceptions show them.
///
/// A body is decoded when it is `gzip` or `zstd`; whatever is asked for, `gzip` is asked for too.
/// What is read from it never exceeds what the call allows.
@NullMarked
package io.tsvault.prometheus.http;

import org.jspecify.annotations.NullMarked;
