package io.tsvault.lab.proxy;

import io.tsvault.lab.proxy.Fault.Ending;
import io.tsvault.lab.proxy.Fault.Leg;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// One exchange on its way, with the fault that it was given.
final class Passage {
    private final FaultProxy proxy;
    private final Track track;
    private final RequestLeg request;
    private final ResponseLeg response;

    Passage(FaultProxy proxy, Track track, RequestLeg request, ResponseLeg response) {
        this.proxy = proxy;
        this.track = track;
        this.request = request;
        this.response = response;
    }

    /// What to do once the server has answered.
    private interface Then {
        boolean pass(Wire server, Head answer) throws IOException;
    }

    /// Can the connection to the client carry another exchange?
    boolean serve() throws IOException {
        try {
            return run();
        } catch (Broken broken) {
            return response.fail(broken);
        } catch (IOException onThisSide) {
            track.trouble(onThisSide.toString());
            throw onThisSide;
        }
    }

    private boolean run() throws IOException {
        return switch (track.fault()) {
            case Fault.Answer(Reply reply) -> {
                keepFromServer();
                yield response.say(reply);
            }
            case Fault.Drop(Ending ending) -> {
                keepFromServer();
                yield response.end(ending);
            }
            case Fault.Replace(Reply reply) ->
                    ask(
                            (server, answer) -> {
                                keepFromClient(server, answer);
                                return response.say(reply);
                            });
            case Fault.Swallow(Ending ending) ->
                    ask(
                            (server, answer) -> {
                                keepFromClient(server, answer);
                                return response.end(ending);
                            });
            case Fault.Delay(Leg leg, Duration time) -> pause(leg, Pause.of(time));
            case Fault.Hold(Leg leg, Gate gate) -> pause(leg, gate::pass);
            case Fault.DuplicateRequest() -> askTwice();
            case Fault.DuplicateResponse() -> ask(response::relayTwice);
            case Fault.Reroute(URI server) -> {
                track.strike();
                yield ask(server, response::relay);
            }
            case Fault.Cut cut -> cut.leg() == Leg.REQUEST ? cutRequest(cut) : relay();
            case Fault.Pass _, Fault.Trickle _, Fault.Append _ -> relay();
            case Fault.Flip _, Fault.Header _, Fault.Length _ -> relay();
        };
    }

    private boolean relay() throws IOException {
        return ask(response::relay);
    }

    private boolean ask(Then then) throws IOException {
        return ask(proxy.upstream(), then);
    }

    /// The request streams while the answer may already come.
    private boolean ask(URI to, Then then) throws IOException {
        try (Wire server = Wire.connect(to)) {
            Future<Boolean> upload = proxy.threads().submit(() -> request.stream(server));
            boolean goesOn = passOrFail(server, then);
            if (!goesOn) {
                response.halfClose();
            }
            return finished(upload) && goesOn;
        }
    }

    private boolean passOrFail(Wire server, Then then) throws IOException {
        try {
            return then.pass(server, answer(server));
        } catch (Broken broken) {
            return response.fail(broken);
        }
    }

    private static boolean finished(Future<Boolean> upload) throws IOException {
        try {
            return upload.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException onThisSide) {
                throw onThisSide;
            }
            throw new IllegalStateException("a request could not be sent on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Head answer(Wire server) throws IOException {
        boolean unasked = request.awaitsConsent();
        Head head = Head.ofAnswer(server);
        while (head.status() < 200) {
            unasked &= head.status() != 100;
            response.interim(head);
            head = Head.ofAnswer(server);
        }
        if (unasked) { // the client may now send the body or not: the connection has no certain end
            response.announceClose();
        }
        track.serverSaid(head.status());
        return head;
    }

    private void keepFromServer() throws IOException {
        request.discard();
        track.strike();
    }

    private void keepFromClient(Wire server, Head answer) throws IOException {
        response.discard(server, answer);
        track.strike();
    }

    private boolean pause(Leg leg, Pause pause) throws IOException {
        if (leg == Leg.RESPONSE) {
            return ask(
                    (server, answer) -> {
                        track.strike();
                        pause.await();
                        return response.relay(server, answer);
                    });
        }
        try (Spool stored = request.store()) {
            track.strike();
            pause.await();
            return ask(stored);
        }
    }

    private boolean ask(Spool stored) throws IOException {
        try (Wire server = Wire.connect(proxy.upstream())) {
            request.send(stored, server);
            return response.relay(server, answer(server));
        }
    }

    private boolean askTwice() throws IOException {
        try (Spool stored = request.store()) {
            track.strike();
            try (Wire server = Wire.connect(proxy.upstream())) {
                request.send(stored, server);
                response.discard(server, answer(server));
            }
            return ask(stored);
        }
    }

    private boolean cutRequest(Fault.Cut cut) throws IOException {
        try (Wire server = Wire.connect(proxy.upstream())) {
            if (!request.sendUpTo(cut.at(), server)) {
                return response.relay(server, answer(server));
            }
            track.strike();
            if (cut.ending() != Ending.SILENCE) {
                server.end(cut.ending());
            }
            return response.end(cut.ending());
        }
    }
}
