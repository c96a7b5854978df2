package io.tsvault.lab.proxy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How the end of a body is known (RFC 9112, 6.3).
sealed interface Framing {
    /// There is no body, whatever the fields say.
    record None() implements Framing {}

    /// `Content-Length`.
    record Counted(long bytes) implements Framing {}

    /// `Transfer-Encoding: chunked`.
    record Chunked() implements Framing {}

    /// The sender closes the connection.
    record UntilClose() implements Framing {}

    static Framing ofRequest(Head head, Wire client) throws Broken {
        return declared(head, client, new None());
    }

    static Framing ofAnswer(Head head, String method, Wire server) throws Broken {
        return method.equals("HEAD") || isBodiless(head.status())
                ? new None()
                : declared(head, server, new UntilClose());
    }

    static boolean isBodiless(int status) {
        return status < 200 || status == 204 || status == 304;
    }

    private static Framing declared(Head head, Wire from, Framing otherwise) throws Broken {
        List<String> codings = head.list("Transfer-Encoding");
        if (codings.equals(List.of("chunked"))) {
            return new Chunked();
        }
        if (!codings.isEmpty()) {
            throw from.malformed(501, "the transfer codings " + codings);
        }
        Set<String> lengths = new HashSet<>(head.list("Content-Length"));
        if (lengths.isEmpty()) {
            return otherwise;
        }
        String length = lengths.iterator().next();
        if (lengths.size() > 1 || !length.matches("\\d{1,18}")) {
            throw from.malformed(400, "the lengths " + lengths);
        }
        return new Counted(Long.parseLong(length));
    }

    /// The head of a message whose body is framed so.
    default Head declareIn(Head head) {
        Head bare = head.without("Content-Length").without("Transfer-Encoding");
        return switch (this) {
            case None() -> head;
            case Counted(long bytes) -> bare.with("Content-Length", Long.toString(bytes));
            case Chunked() -> bare.with("Transfer-Encoding", "chunked");
            case UntilClose() -> bare;
        };
    }
}
