package io.tsvault.lab.proxy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// What happens to one exchange. Positions count the bytes of a body from 0, freed from chunks but
/// not from compression. A response without a body (HEAD, 204, 304) cannot be cut, flipped or
/// appended to: such a fault then does not strike.
public sealed interface Fault {
    /// One of the two ways a message goes.
    enum Leg {
        /// From the client to the server.
        REQUEST,
        /// From the server to the client.
        RESPONSE
    }

    /// How a message that is not finished ends.
    enum Ending {
        /// The connection is closed in good order; length or chunks tell that something is missing.
        CLOSE,
        /// The connection is reset. Bytes that the client has not read yet may be lost with it.
        RESET,
        /// Nothing more comes, on an open connection, until the client leaves or the proxy closes.
        SILENCE,
        /// The message ends as if it were complete, sent in chunks with a last one. Nothing tells.
        WHOLE,
        /// The message is sent with neither length nor chunks, so that closing is its normal end.
        UNFRAMED;

        boolean leavesTraces() {
            return this == CLOSE || this == RESET || this == SILENCE;
        }
    }

    /// Nothing: the exchange passes.
    record Pass() implements Fault {}

    /// The message waits this long: a request before the server hears of it, a response before its
    /// first byte.
    record Delay(Leg leg, Duration time) implements Fault {
        public Delay {
            requireNotNegative("time", time.toMillis());
        }
    }

    /// The message waits until the gate is released. A held request is complete in the proxy, so
    /// that it reaches the server even when the client has given up.
    record Hold(Leg leg, Gate gate) implements Fault {}

    /// The body goes on in pieces of `bytes`, with a pause after each.
    record Trickle(Leg leg, int bytes, Duration pause) implements Fault {
        public Trickle {
            if (bytes < 1) {
                throw new IllegalArgumentException("bytes " + bytes + " is not positive");
            }
            requireNotNegative("pause", pause.toMillis());
        }
    }

    /// The body ends after `at` bytes; strikes when it has more. On the request both connections
    /// end, WHOLE and UNFRAMED are not possible, and a client that still sends may see a reset
    /// where it should see CLOSE.
    record Cut(Leg leg, long at, Ending ending) implements Fault {
        public Cut {
            requireNotNegative("at", at);
            if (leg == Leg.REQUEST) {
                requireTraces(ending);
            }
        }
    }

    /// `text` is sent in place of all that comes after `at` bytes of the response body, then
    /// `ending`.
    record Append(long at, String text, Ending ending) implements Fault {
        public Append {
            requireNotNegative("at", at);
        }

        /// The text comes behind the whole body.
        public Append(String text, Ending ending) {
            this(Long.MAX_VALUE, text, ending);
        }
    }

    /// One bit of the byte at this place is turned over, so that `1` becomes `0`.
    record Flip(Leg leg, long at) implements Fault {
        public Flip {
            requireNotNegative("at", at);
        }
    }

    /// A header field gets this value, in place of what it had; an empty value takes it away.
    /// Fields that frame the message are not for this fault: see [Length] and [Ending#UNFRAMED].
    record Header(Leg leg, String name, String value) implements Fault {
        public Header {
            Head.requireFree(name, value);
        }

        /// Strikes when the head had another value.
        Head applyTo(Head head, Track track) {
            Head edited = value.isEmpty() ? head.without(name) : head.with(name, value);
            if (!Set.copyOf(edited.fields()).equals(Set.copyOf(head.fields()))) {
                track.strike();
            }
            return edited;
        }
    }

    /// The response claims a body of this many bytes, gives the true one, and closes.
    record Length(long claimed) implements Fault {
        public Length {
            requireNotNegative("claimed", claimed);
        }
    }

    /// The proxy takes the request and answers itself: the server never hears of it.
    record Answer(Reply reply) implements Fault {}

    /// The server acts and answers, and the client gets this instead.
    record Replace(Reply reply) implements Fault {}

    /// The proxy takes the request and ends the connection: the server never hears of it.
    record Drop(Ending ending) implements Fault {
        public Drop {
            requireTraces(ending);
        }
    }

    /// The server acts and answers to the end, and the client gets nothing.
    record Swallow(Ending ending) implements Fault {
        public Swallow {
            requireTraces(ending);
        }
    }

    /// The server gets the request twice, one after the other; the client gets the second answer.
    record DuplicateRequest() implements Fault {}

    /// The client gets the bytes of the response twice on one connection.
    record DuplicateResponse() implements Fault {}

    /// Another server gets the request.
    record Reroute(URI server) implements Fault {
        public Reroute {
            Wire.requireServer(server);
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " " + value + " is negative");
        }
    }

    private static void requireTraces(Ending ending) {
        if (!ending.leavesTraces()) {
            throw new IllegalArgumentException(
                    ending + " ends a response body only; take CLOSE, RESET or SILENCE");
        }
    }
}
