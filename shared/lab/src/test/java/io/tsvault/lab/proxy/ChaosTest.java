package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.CLOSE;
import static io.tsvault.lab.proxy.Fault.Ending.RESET;
import static io.tsvault.lab.proxy.Fault.Ending.UNFRAMED;
import static io.tsvault.lab.proxy.Fault.Ending.WHOLE;
import static io.tsvault.lab.proxy.Fault.Leg.REQUEST;
import static io.tsvault.lab.proxy.Fault.Leg.RESPONSE;
import static io.tsvault.lab.proxy.Upstream.LETTERS;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.lab.proxy.Chaos.Odds;
import io.tsvault.lab.proxy.Fault.Leg;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// What the proxy says it did is what a client sees, and what a server sees, for every fault.
@Timeout(120)
class ChaosTest {
    private static final long SEED = 20_260_704;
    private static final int REQUESTS = 500;
    private static final String UPLOAD = "0123456789";

    @Test
    void whatTheProxySaysIsWhatBothSidesSee() throws Exception {
        assertThat(run(1).stream().map(Exchange::fault).map(Fault::getClass).distinct().count())
                .as("kinds of faults met")
                .isEqualTo(Fault.class.getPermittedSubclasses().length);
    }

    @Test
    void whatTheProxySaysIsWhatBothSidesSeeOnConcurrentConnections() throws Exception {
        assertThat(run(8)).hasSize(REQUESTS);
    }

    @Test
    @Tag("slow")
    void theSameSeedDoesTheSameAgain() throws Exception {
        assertThat(run(1)).isEqualTo(run(1));
    }

    /// Sends all requests with so many clients at a time and holds each against what it should be.
    private static List<Exchange> run(int clients) throws Exception {
        Map<String, Observed> observed = new HashMap<>();
        try (Upstream upstream = new Upstream();
                FaultProxy proxy = FaultProxy.to(upstream.uri(), chaos(upstream.uri()));
                ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Observed>> all =
                    IntStream.range(0, REQUESTS)
                            .mapToObj(number -> threads.submit(() -> observe(proxy.uri(), number)))
                            .toList();
            for (int number = 0; number < REQUESTS; number++) {
                observed.put(target(number), all.get(number).get());
            }
            for (Exchange exchange : proxy.seen()) {
                String target = exchange.request().target();
                String message = "seed %d: %s".formatted(SEED, exchange);
                Expected expected = Expected.of(exchange.fault());
                assertThat(observed.get(target)).as(message).isEqualTo(expected.seen());
                assertThat(exchange.struck()).as(message).isEqualTo(expected.struck());
                assertThat(exchange.clientStatus()).as(message).isEqualTo(expected.seen().status());
                assertThat(exchange.responseBytes()).as(message).isEqualTo(expected.handed());
                assertThat(exchange.trouble()).as(message).isEmpty();
                assertThat(upstream.asked().stream().filter(a -> a.target().equals(target)))
                        .as(message)
                        .hasSize(expected.deeds())
                        .allMatch(asked -> asked.body().equals(expected.uploaded()));
            }
            return proxy.seen().stream().map(e -> withoutPort(e)).toList();
        }
    }

    /// Equal faults between two runs, whose servers have other ports.
    private static Exchange withoutPort(Exchange exchange) {
        return exchange.fault() instanceof Fault.Reroute || exchange.fault() instanceof Fault.Hold
                ? new Exchange(
                        exchange.request(),
                        exchange.fault() instanceof Fault.Reroute
                                ? new Fault.Reroute(URI.create("http://same"))
                                : exchange.fault(),
                        exchange.struck(),
                        exchange.serverStatus(),
                        exchange.clientStatus(),
                        exchange.requestBytes(),
                        exchange.responseBytes(),
                        exchange.trouble())
                : exchange;
    }

    private static final Gate OPEN = new Gate();

    static {
        OPEN.release();
    }

    private static Chaos chaos(URI upstream) {
        Reply busy = Reply.status(503).text("text/plain", "busy");
        return new Chaos(
                SEED,
                new Odds(4, new Fault.Pass()),
                new Odds(1, r -> new Fault.Delay(leg(r), Duration.ZERO)),
                new Odds(1, r -> new Fault.Hold(leg(r), OPEN)),
                new Odds(1, r -> new Fault.Trickle(leg(r), 1 + r.nextInt(50), Duration.ZERO)),
                new Odds(2, r -> new Fault.Cut(RESPONSE, r.nextInt(300), ending(r))),
                new Odds(1, r -> new Fault.Cut(REQUEST, r.nextInt(12), CLOSE)),
                new Odds(2, r -> new Fault.Append(r.nextInt(300), "oops", ending(r))),
                new Odds(2, r -> new Fault.Flip(RESPONSE, r.nextInt(300))),
                new Odds(1, r -> new Fault.Flip(REQUEST, r.nextInt(12))),
                new Odds(1, new Fault.Header(RESPONSE, "Age", "30")),
                new Odds(2, r -> new Fault.Length(200 + r.nextInt(100))),
                new Odds(1, new Fault.Answer(busy)),
                new Odds(1, new Fault.Replace(busy)),
                new Odds(1, r -> new Fault.Drop(r.nextBoolean() ? CLOSE : RESET)),
                new Odds(1, r -> new Fault.Swallow(r.nextBoolean() ? CLOSE : RESET)),
                new Odds(1, new Fault.DuplicateRequest()),
                new Odds(1, new Fault.DuplicateResponse()),
                new Odds(1, new Fault.Reroute(upstream)));
    }

    private static Leg leg(RandomGenerator random) {
        return random.nextBoolean() ? REQUEST : RESPONSE;
    }

    private static Fault.Ending ending(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> CLOSE;
            case 1 -> WHOLE;
            default -> UNFRAMED;
        };
    }

    private static String target(int number) {
        return (number % 2 == 0 ? "/letters?" : "/chunked?") + number;
    }

    private static Observed observe(URI proxy, int number) throws Exception {
        try (Raw raw = new Raw(proxy)) {
            raw.say(Raw.put(target(number), UPLOAD, "Connection: close"));
            return Observed.of(raw);
        }
    }

    /// What should come of a fault, told without the proxy's own code.
    private record Expected(
            Observed seen, boolean struck, long handed, int deeds, String uploaded) {
        private static Expected of(Fault fault) {
            return switch (fault) {
                case Fault.Pass() -> passed(false);
                case Fault.Delay _, Fault.Hold _, Fault.Trickle _, Fault.Reroute _ -> passed(true);
                case Fault.Header _ -> passed(true);
                case Fault.DuplicateRequest() ->
                        new Expected(Observed.whole(200, LETTERS), true, 260, 2, UPLOAD);
                case Fault.DuplicateResponse() ->
                        new Expected(Observed.whole(200, LETTERS).twice(), true, 520, 1, UPLOAD);
                case Fault.Answer(Reply reply) -> replied(reply, 0);
                case Fault.Replace(Reply reply) -> replied(reply, 1);
                case Fault.Drop _ -> new Expected(Observed.NOTHING, true, 0, 0, "");
                case Fault.Swallow _ -> new Expected(Observed.NOTHING, true, 0, 1, UPLOAD);
                case Fault.Cut(Leg leg, long at, Fault.Ending ending) ->
                        leg == REQUEST ? cutUpload(at) : cut(at, ending);
                case Fault.Append(long at, String text, Fault.Ending ending) -> {
                    String body = LETTERS.substring(0, (int) Math.min(at, 260)) + text;
                    yield response(new Observed(200, body, ending != CLOSE, 1), body.length());
                }
                case Fault.Flip(Leg leg, long at) -> leg == REQUEST ? flipUpload(at) : flip(at);
                case Fault.Length(long claimed) -> {
                    String body = LETTERS.substring(0, (int) Math.min(claimed, 260));
                    Observed seen = new Observed(200, body, claimed <= 260, 1);
                    yield new Expected(seen, claimed != 260, 260, 1, UPLOAD);
                }
            };
        }

        private static Expected passed(boolean struck) {
            return new Expected(Observed.whole(200, LETTERS), struck, 260, 1, UPLOAD);
        }

        private static Expected response(Observed seen, long handed) {
            return new Expected(seen, true, handed, 1, UPLOAD);
        }

        private static Expected replied(Reply reply, int deeds) {
            Observed seen = Observed.whole(reply.status(), reply.body());
            return new Expected(seen, true, reply.body().length(), deeds, UPLOAD);
        }

        private static Expected cut(long at, Fault.Ending ending) {
            return at >= 260
                    ? passed(false)
                    : response(
                            new Observed(200, LETTERS.substring(0, (int) at), ending != CLOSE, 1),
                            at);
        }

        private static Expected cutUpload(long at) {
            return at >= UPLOAD.length()
                    ? passed(false)
                    : new Expected(Observed.NOTHING, true, 0, 0, "");
        }

        private static Expected flip(long at) {
            return at >= 260
                    ? passed(false)
                    : response(Observed.whole(200, flipped(LETTERS, (int) at)), 260);
        }

        private static Expected flipUpload(long at) {
            Expected passed = passed(at < UPLOAD.length());
            return passed.struck()
                    ? new Expected(passed.seen(), true, 260, 1, flipped(UPLOAD, (int) at))
                    : passed;
        }

        private static String flipped(String text, int at) {
            char other = (char) (text.charAt(at) ^ 1);
            return text.substring(0, at) + other + text.substring(at + 1);
        }
    }
}
