package io.tsvault.lab.proxy;

import io.tsvault.lab.proxy.Fault.Leg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The way of one request from the client to the server.
final class RequestLeg {
    private static final byte[] CONTINUE =
            "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Track track;
    private final Wire client;
    private final Framing framing;
    private final Body body;
    private Head head;

    RequestLeg(Track track, Wire client, Head head, Framing framing) {
        this.track = track;
        this.client = client;
        this.framing = framing;
        this.body = new Body(client, framing);
        this.head = head.endToEnd();
    }

    /// Does the client wait for a word from the server before it sends the body?
    boolean awaitsConsent() {
        return head.list("Expect").contains("100-continue");
    }

    /// Takes the request for nobody.
    void discard() throws IOException {
        consent();
        body.discard();
    }

    /// Takes the request for later.
    Spool store() throws IOException {
        consent();
        Spool stored = new Spool();
        body.copy(stored);
        return stored;
    }

    /// Sends what was stored.
    void send(Spool stored, Wire server) throws IOException {
        FramedSink out = open(server);
        stored.replay(Touch.of(track, Leg.REQUEST, out));
        out.finish(body.trailer());
    }

    /// Sends `at` bytes, or everything when there are no more. Was there more?
    boolean sendUpTo(long at, Wire server) throws IOException {
        consent();
        FramedSink out = open(server);
        boolean more = body.copy(at, Touch.of(track, Leg.REQUEST, out));
        if (!more) {
            out.finish(body.trailer());
        }
        return more;
    }

    /// Sends everything as it comes. A server that stops listening may have answered already, so
    /// the client may finish; when the client leaves, the server is told. Did all of it pass?
    boolean stream(Wire server) throws IOException {
        try {
            FramedSink out = open(server);
            body.copy(Touch.of(track, Leg.REQUEST, out));
            out.finish(body.trailer());
            return true;
        } catch (Broken broken) {
            return broken.by(Broken.Side.SERVER) ? finishFor(broken) : abandon(server, broken);
        }
    }

    private boolean finishFor(Broken deaf) throws IOException {
        track.trouble(deaf.what());
        try {
            body.discard();
            return true;
        } catch (Broken alsoGone) {
            track.trouble(alsoGone.what());
            return false;
        }
    }

    private boolean abandon(Wire server, Broken gone) throws IOException {
        if (!track.hasToldClient()) {
            track.trouble(gone.what());
        }
        server.close();
        return false;
    }

    private FramedSink open(Wire server) throws IOException {
        Head declared = framing.declareIn(outgoing());
        server.write(declared.with("Connection", "close").bytes());
        return new FramedSink(framing, server);
    }

    private Head outgoing() {
        if (track.fault() instanceof Fault.Header header && header.leg() == Leg.REQUEST) {
            return header.applyTo(head, track);
        }
        return head;
    }

    /// The proxy gives the word itself where the server cannot be asked yet.
    private void consent() throws IOException {
        if (awaitsConsent()) {
            client.write(CONTINUE);
            head = head.without("Expect");
        }
    }
}
