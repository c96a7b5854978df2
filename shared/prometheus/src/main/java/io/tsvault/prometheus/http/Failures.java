package io.tsvault.prometheus.http;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.source.TooMuch;

import org.apache.hc.client5.http.ConnectTimeoutException;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/// What a broken exchange means.
///
/// @param place the request, for messages
/// @param limit of the whole exchange
/// @param outOfTime has the deadline of the whole exchange passed?
record Failures(String place, Timeouts timeouts, Limit limit, BooleanSupplier outOfTime) {
    /// Where Java puts the name of a class in front of a reason.
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:\\w+\\.)+\\w+(?:Exception|Error): ");

    /// Of an exchange that has not come to the head of its answer.
    RuntimeException beforeTheAnswer(IOException e) {
        if (outOfTime.getAsBoolean()) {
            return outOfTime(e);
        }
        if (e instanceof SSLException && !isCut(e)) {
            return new Permanent(
                    place
                            + ": TLS fails: "
                            + CLASS.matcher(reason(e)).replaceAll("")
                            + "; mend the server's certificate, or name its authority by ca-file",
                    e);
        }
        if (e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException)) {
            String waited = timeouts.firstByte().toMillis() + " ms (timeout-first-byte)";
            return new Transient(place + ": no answer within " + waited, e);
        }
        String what = e instanceof UnknownHostException ? "no such host: " : "";
        return new Transient(place + ": " + what + reason(e), e);
    }

    private static boolean isCut(IOException e) {
        return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
    }

    /// Of an exchange whose body does not come.
    RuntimeException within(IOException e, long bytes) {
        if (outOfTime.getAsBoolean()) {
            return outOfTime(e);
        }
        String where = place + ": the answer breaks off behind " + bytes + " bytes: ";
        if (e instanceof SocketTimeoutException) {
            String waited = timeouts.idle().toMillis() + " ms (timeout-idle)";
            return new Transient(where + "nothing for " + waited, e);
        }
        return new Transient(where + reason(e), e);
    }

    /// Less may be done in time; but not when there is none.
    private RuntimeException outOfTime(IOException e) {
        long ms = limit.time().toMillis();
        return limit.isOfRun()
                ? new Transient(place + ": not done in the last " + ms + " ms of this run", e)
                : new TooMuch(place + ": not done within " + ms + " ms (timeout-total)", e);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    Permanent permanent(String what) {
        return new Permanent(place + ": " + what);
    }

    TooMuch tooMuch(String what) {
        return new TooMuch(place + ": " + what);
    }
}
