package io.tsvault.lab.proxy;

import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The way of one response to the client. What returns a boolean says whether the connection to the
/// client can carry another exchange.
final class ResponseLeg {
    private final Track track;
    private final Wire client;
    private final String method;
    private final boolean knowsChunks;
    private boolean goesOn;

    ResponseLeg(Track track, Wire client, Head request) {
        this.track = track;
        this.client = client;
        this.method = request.method();
        this.knowsChunks = !request.isOld();
        this.goesOn = knowsChunks && !request.list("Connection").contains("close");
    }

    /// The connection ends with this exchange, and the client is told.
    void announceClose() {
        goesOn = false;
    }

    /// Hands on a word before the answer, such as 100 Continue.
    void interim(Head head) throws IOException {
        client.write(head.bytes());
    }

    /// Answers for the server.
    boolean say(Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        Framing framing =
                Framing.isBodiless(reply.status())
                        ? new Framing.None()
                        : new Framing.Counted(body.length);
        tell(framing.declareIn(reply.head()), client);
        if (!method.equals("HEAD")) {
            track.count(Leg.RESPONSE, body.length);
            client.write(body);
        }
        return goesOn;
    }

    /// Says that nothing comes behind this response.
    void halfClose() throws IOException {
        client.halfClose();
    }

    /// Ends the connection without a word.
    boolean end(Ending ending) throws IOException {
        client.end(ending);
        return false;
    }

    /// Tells the client about a failure that no script asked for, or ends a response that has
    /// begun: by a reset, as a mere close could look like the end of the body.
    boolean fail(Broken broken) throws IOException {
        track.trouble(broken.what());
        announceClose();
        if (!track.hasToldClient() && broken.status() > 0) {
            return say(excuse(broken));
        }
        return end(broken.by(Broken.Side.SERVER) ? Ending.RESET : Ending.CLOSE);
    }

    static Reply excuse(Broken broken) {
        return Reply.status(broken.status()).text("text/plain", "fault proxy: " + broken.what());
    }

    /// Reads an answer to its end for nobody.
    void discard(Wire server, Head answer) throws IOException {
        new Body(server, Framing.ofAnswer(answer, method, server)).discard();
    }

    boolean relay(Wire server, Head answer) throws IOException {
        return relay(server, answer, client);
    }

    boolean relayTwice(Wire server, Head answer) throws IOException {
        track.strike();
        try (Spool copy = new Spool()) {
            relay(
                    server,
                    answer,
                    (bytes, offset, length) -> {
                        copy.write(bytes, offset, length);
                        client.write(bytes, offset, length);
                    });
            track.count(Leg.RESPONSE, track.responseBytes());
            copy.replay(client);
        }
        return goesOn;
    }

    private boolean relay(Wire server, Head answer, Sink to) throws IOException {
        Framing framing = Framing.ofAnswer(answer, method, server);
        Head head = edited(answer.endToEnd());
        if (framing instanceof Framing.None) {
            tell(head, to);
            return goesOn;
        }
        Shape shape = Shape.of(track.fault(), framing);
        return relay(
                head, new Body(server, framing), knowsChunks ? shape : shape.withoutChunks(), to);
    }

    private boolean relay(Head head, Body body, Shape shape, Sink to) throws IOException {
        goesOn &= !(shape.framing() instanceof Framing.UntilClose);
        tell(shape.framing().declareIn(head), to);
        FramedSink out = new FramedSink(shape.framing(), to);
        Sink touched = Touch.of(track, Leg.RESPONSE, out);
        boolean more = body.copy(shape.limit(), touched);
        if (!more && !shape.always()) {
            out.finish(body.trailer());
            return goesOn;
        }
        strikeUnlessTrue();
        touched.write(shape.words().getBytes(StandardCharsets.UTF_8));
        if (shape.ending().leavesTraces()) {
            return end(shape.ending());
        }
        out.finish(List.of());
        return goesOn;
    }

    /// A claimed length that is the true one is no lie.
    private void strikeUnlessTrue() {
        if (!(track.fault() instanceof Fault.Length(long claimed))
                || claimed != track.responseBytes()) {
            track.strike();
        }
    }

    private Head edited(Head head) {
        if (track.fault() instanceof Fault.Header header && header.leg() == Leg.RESPONSE) {
            return header.applyTo(head, track);
        }
        return head;
    }

    private void tell(Head head, Sink to) throws IOException {
        track.tellClient(head.status());
        to.write((goesOn ? head : head.with("Connection", "close")).bytes());
    }
}
