package io.tsvault.prometheus;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Metadata;
import io.tsvault.core.series.Series;
import io.tsvault.core.target.Outcome;
import io.tsvault.core.target.Outcome.Reason;
import io.tsvault.prometheus.http.Call;
import io.tsvault.prometheus.http.Http;
import io.tsvault.prometheus.http.Reply;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Remote write: what a request is, and what each answer to it means.
///
/// | answer | outcome |
/// |---|---|
/// | 2xx | taken, as far as the server says; to 2.0 it has to say how much |
/// | 400, 409, and a 500 that no retry will mend, such as "too old" | refused, by its words |
/// | 413 | refused: too large |
/// | 429, 503 with a time to wait | throttled |
/// | 408, other 5xx, no answer | unknown |
/// | 401, 403, 404, 415, a redirect | a person has to mend the settings |
final class RemoteWrite {
    /// Where nobody says how long to wait.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// Of a 500: what Prometheus says to input that will never be right.
    private static final List<String> NEVER =
            List.of("native histograms are disabled", "is not unique", "invalid sample");

    private final Http http;
    private final String path;
    private final boolean keepsRest;
    private volatile WriteVersion version = WriteVersion.ONE;

    /// @param path below the URL of the server
    /// @param keepsRest does it keep the good samples of a batch of 1.0 that it refuses?
    RemoteWrite(Http http, String path, boolean keepsRest) {
        this.http = http;
        this.path = path;
        this.keepsRest = keepsRest;
    }

    Outcome write(List<Series> batch) {
        WriteVersion spoken = version;
        return tell(
                spoken.call(path, batch),
                reply ->
                        switch (spoken) {
                            case ONE -> outcome(reply, keepsRest);
                            case TWO -> counted(reply, batch);
                        });
    }

    /// Always by 1.0, which keeps it apart from series: who does not know it passes over it.
    Outcome describe(List<Metadata> metadata) {
        Call call = WriteVersion.ONE.call(path, WriteMessage.describing(metadata));
        return tell(call, reply -> outcome(reply, keepsRest));
    }

    private Outcome tell(Call call, Function<Reply, Outcome> meaning) {
        Reply reply;
        try {
            reply = http.tell(call);
        } catch (Transient e) {
            return new Outcome.Unknown(String.valueOf(e.getMessage()));
        }
        return meaning.apply(reply);
    }

    /// Does it take writes at all, and which? Asks with batches of nothing.
    ///
    /// @throws Permanent when it does not
    /// @throws Transient when it does not say
    WriteVersion negotiate() {
        Reply reply = http.tell(WriteVersion.ONE.call(path, List.of()));
        if (reply.status() == 404) {
            throw new Permanent(
                    "%s takes no remote write (%s): start it with --web.enable-remote-write-receiver"
                            .formatted(http.url(), reply.message()));
        }
        if (reply.status() / 100 != 2) {
            String said =
                    "%s answers %d to an empty write: %s"
                            .formatted(http.url(), reply.status(), reply.message());
            throw mayPass(reply.status()) ? new Transient(said) : new Permanent(said);
        }
        Reply newer = http.tell(WriteVersion.TWO.call(path, List.of()));
        boolean knows = newer.status() / 100 == 2 && written(newer, "Samples").isPresent();
        version = knows ? WriteVersion.TWO : WriteVersion.ONE;
        return version;
    }

    private static boolean mayPass(int status) {
        return status == 408 || status == 429 || status / 100 == 5;
    }

    /// Who does not say how much it took has read nothing of 2.0, whatever its answer.
    private Outcome counted(Reply reply, List<Series> batch) {
        boolean yes = reply.status() / 100 == 2;
        if (reply.status() == 415 || (yes && written(reply, "Samples").isEmpty())) {
            version = WriteVersion.ONE;
            return new Outcome.Unknown(
                    "%d without a word of how much it took: from now on by remote write 1.0"
                            .formatted(reply.status()));
        }
        long sent = batch.stream().mapToLong(Series::size).sum();
        long taken = written(reply, "Samples").orElse(0L) + written(reply, "Histograms").orElse(0L);
        return yes && taken < sent
                ? new Outcome.Refused(
                        Reason.INVALID, "it took %d of %d samples".formatted(taken, sent), true)
                : outcome(reply, true);
    }

    private static Optional<Long> written(Reply reply, String what) {
        return reply.header()
                .apply("X-Prometheus-Remote-Write-%s-Written".formatted(what))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    private Outcome outcome(Reply reply, boolean keepsRest) {
        int status = reply.status();
        String message = status + " " + reply.message();
        if (status / 100 == 2) {
            return new Outcome.Stored();
        }
        Reason reason = reason(status, reply.message().toLowerCase(Locale.ROOT));
        return switch (status) {
            case 400, 409, 422 -> new Outcome.Refused(reason, message, keepsRest);
            case 413 -> new Outcome.Refused(Reason.TOO_LARGE, message, false);
            case 429 -> new Outcome.Throttled(reply.askedWait().orElse(PAUSE), message);
            case 404 ->
                    throw new Permanent(
                            "%s takes no remote write: %s".formatted(http.url(), message));
            case 408 -> new Outcome.Unknown(message);
            case 415 ->
                    throw new Permanent(
                            "%s does not know remote write 1.0: %s".formatted(http.url(), message));
            default -> server(reply, reason, message, keepsRest);
        };
    }

    /// A server that fails may say why: for good, or for now.
    private Outcome server(Reply reply, Reason reason, String message, boolean keepsRest) {
        if (reply.status() / 100 != 5) {
            return new Outcome.Refused(reason, message, keepsRest);
        }
        String words = reply.message().toLowerCase(Locale.ROOT);
        if (reason != Reason.INVALID || NEVER.stream().anyMatch(words::contains)) {
            return new Outcome.Refused(reason, message, false);
        }
        return reply.askedWait().isPresent()
                ? new Outcome.Throttled(reply.askedWait().get(), message)
                : new Outcome.Unknown(message);
    }

    /// By the words of Prometheus, Mimir, Cortex and Thanos.
    private static Reason reason(int status, String words) {
        if (words.contains("out of order") || words.contains("out-of-order")) {
            return Reason.OUT_OF_ORDER;
        }
        if (words.contains("too old")
                || words.contains("out of bounds")
                || words.contains("too far in the")
                || words.contains("timestamp-too-old")) {
            return Reason.OUT_OF_BOUNDS;
        }
        if (words.contains("duplicate sample") || words.contains("duplicate-timestamp")) {
            return Reason.DUPLICATE;
        }
        if (words.contains("limit")) {
            return Reason.LIMIT;
        }
        return status == 413 ? Reason.TOO_LARGE : Reason.INVALID;
    }
}
