package io.tsvault.prometheus.http;

import io.tsvault.core.failure.Transient;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Sends calls to one server, through one pool of connections. For any number of threads.
///
/// Throws `Transient`, `Permanent` and `TooMuch` as the package says; their messages name the
/// request without its parameters, what was seen, and what to do.
public final class Http implements AutoCloseable {
    private final ServerSettings.Parts settings;
    private final Map<String, String> environment;
    private final RequestSigner signer;
    private final CloseableHttpClient client;
    private final Instant until;
    private final ScheduledThreadPoolExecutor deadlines =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("tsvault-deadlines-", 0).factory());

    /// Empty until secrets have been read.
    private volatile String authorization = "";

    private Http(
            ServerSettings settings,
            Map<String, String> environment,
            RequestSigner signer,
            Instant until) {
        this.settings = settings.parts();
        this.environment = Map.copyOf(environment);
        this.signer = signer;
        this.until = until;
        this.client = Client.of(this.settings);
        deadlines.setRemoveOnCancelPolicy(true); // else each would hold its request until then
    }

    /// A client; nothing is sent and no secret is read before the first call.
    ///
    /// @param environment where secrets that are variables lie
    /// @param signer as [ServerSettings#sign] wants it, else [RequestSigner#NONE]
    public static Http to(
            ServerSettings settings, Map<String, String> environment, RequestSigner signer) {
        return to(settings, environment, signer, Instant.MAX);
    }

    /// The same, for a while only.
    ///
    /// @param until every exchange ends by then, the last one early if need be
    public static Http to(
            ServerSettings settings,
            Map<String, String> environment,
            RequestSigner signer,
            Instant until) {
        if (settings.sign().isPresent() != !signer.equals(RequestSigner.NONE)) {
            throw new IllegalArgumentException(
                    settings + ": setting sign and a signer need each other");
        }
        return new Http(settings, environment, signer, until);
    }

    /// A client for a server that wants no signature.
    public static Http to(ServerSettings settings) {
        return to(settings, System.getenv(), RequestSigner.NONE);
    }

    /// Where the server is.
    public URI url() {
        return settings.url();
    }

    /// Sends one request and looks at the head of the answer.
    ///
    /// @return an answer of 200 with one of the media types that the call accepts, or, when it
    ///     accepts none, of any status from 200 to 299 without content; to be closed
    public Answer send(Call call) {
        Exchange exchange = authorized(call);
        try {
            exchange.requireGood();
            return new Answer(exchange);
        } catch (RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    /// Sends a write, of which whatever the server says is an answer.
    ///
    /// @throws io.tsvault.core.failure.Permanent when it does not let us write, or sends us
    ///     elsewhere
    public Reply tell(Call call) {
        try (Exchange last = authorized(call)) {
            if (last.isUnauthorized() || last.status() / 100 == 3) {
                last.requireGood();
            }
            return last.reply();
        }
    }

    /// Secrets that are refused are read anew, once.
    private Exchange authorized(Call call) {
        Exchange exchange = exchange(call);
        if (!exchange.isUnauthorized() || !provesWhoAsks()) {
            return exchange;
        }
        exchange.close();
        authorization = "";
        return exchange(call);
    }

    private boolean provesWhoAsks() {
        return !signer.equals(RequestSigner.NONE) || !authorization.isEmpty();
    }

    private Exchange exchange(Call call) {
        URI uri = URI.create(settings.url() + call.target());
        HttpUriRequestBase request = request(call, uri);
        String place = call.method() + " " + settings.url() + call.path();
        Limit limit = Limit.of(settings.timeouts().total(), until, Instant.now());
        if (!limit.time().isPositive()) {
            throw new Transient(place + ": not asked, since the time of this run is over");
        }
        long limitMs = limit.time().toMillis();
        Future<?> deadline = deadlines.schedule(request::cancel, limitMs, TimeUnit.MILLISECONDS);
        Failures failures = new Failures(place, settings.timeouts(), limit, request::isCancelled);
        boolean answered = false;
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, null);
            answered = true;
            return new Exchange(call, request, response, deadline, failures);
        } catch (IOException e) {
            throw failures.beforeTheAnswer(e);
        } finally {
            if (!answered) {
                deadline.cancel(false);
            }
        }
    }

    private HttpUriRequestBase request(Call call, URI uri) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), uri);
        signer.sign(call.method(), uri, headers(call), call.body()).forEach(request::setHeader);
        if (call.body().length > 0) {
            request.setEntity(new ByteArrayEntity(call.body(), null));
        }
        return request;
    }

    private Map<String, String> headers(Call call) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Cache-Control", "no-store");
        headers.putAll(settings.headers());
        headers.putAll(call.headers());
        if (!call.mediaTypes().isEmpty()) {
            headers.put("Accept", String.join(", ", call.mediaTypes()));
        }
        if (authorization.isEmpty()) {
            authorization = settings.credentials().header(environment);
        }
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        return headers;
    }

    /// Ends every exchange.
    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /// The URL, which holds no secret.
    @Override
    public String toString() {
        return settings.url().toString();
    }
}
