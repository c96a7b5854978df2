package io.tsvault.prometheus.http;

import io.tsvault.core.source.TooMuch;

import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Future;

/// A request whose answer has begun.
final class Exchange implements AutoCloseable {
    private final Call call;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Future<?> deadline;
    private final Failures failures;
    private final InputStream body;

    Exchange(
            Call call,
            HttpUriRequestBase request,
            ClassicHttpResponse response,
            Future<?> deadline,
            Failures failures)
            throws IOException {
        this.call = call;
        this.request = request;
        this.response = response;
        this.deadline = deadline;
        this.failures = failures;
        HttpEntity entity = response.getEntity();
        InputStream raw = entity == null ? InputStream.nullInputStream() : entity.getContent();
        this.body = Body.of(raw, header("Content-Encoding").orElse(""), call, failures);
    }

    int status() {
        return response.getCode();
    }

    boolean isUnauthorized() {
        return status() == 401 || status() == 403;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    Optional<Instant> serverClock() {
        return header("Date").map(DateUtils::parseStandardDate);
    }

    InputStream body() {
        return body;
    }

    TooMuch tooMuch(String what) {
        return failures.tooMuch(what);
    }

    /// Is the answer one that the caller may read?
    void requireGood() {
        requireFresh();
        boolean hasContent = response.getEntity() != null && entityLength() != 0;
        if (status() / 100 != 2) {
            throw Refusal.of(this, failures);
        }
        boolean wantsContent = !call.mediaTypes().isEmpty();
        if (wantsContent && status() == 200) {
            requireMediaType();
        } else if (wantsContent || hasContent) {
            throw failures.permanent(
                    "an answer of %d %s content: no such API is there"
                            .formatted(status(), hasContent ? "with" : "without"));
        }
        if (hasContent && entityLength() < 0 && !response.getEntity().isChunked()) {
            throw failures.permanent(
                    "the answer has neither a length nor chunks, so that nobody can see whether it"
                            + " is whole; a proxy that speaks HTTP/1.0 does that: go around it");
        }
    }

    /// Whatever the server says.
    Reply reply() {
        return Refusal.reply(this, failures);
    }

    private long entityLength() {
        return response.getEntity().getContentLength();
    }

    private void requireFresh() {
        String age = header("Age").orElse("0").strip();
        if (!age.equals("0")) {
            throw failures.permanent(
                    "the answer is "
                            + Text.shown(age)
                            + " s old: it comes from a cache on the way; go around that");
        }
    }

    private void requireMediaType() {
        String type = header("Content-Type").orElse("");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!call.mediaTypes().contains(essence)) {
            throw failures.permanent(
                    "the answer is \"%s\", not %s: no such API is there, but perhaps the login page of a proxy"
                            .formatted(Text.shown(type), String.join(" or ", call.mediaTypes())));
        }
    }

    /// Gives the connection back when all was read, and ends it otherwise: what is left is not
    /// waited for.
    @Override
    public void close() {
        deadline.cancel(false);
        boolean _ = request.cancel();
        try (body) {
            response.close();
        } catch (IOException _) {
            return; // cancelled: nothing that it could tell is of use
        }
    }
}
