package io.tsvault.lab.proxy;

import static io.tsvault.lab.proxy.Fault.Ending.CLOSE;
import static io.tsvault.lab.proxy.Fault.Leg.RESPONSE;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;

/// Large bodies pass while they come.
@Timeout(120)
class StreamingTest {
    private static final int PIECE = 1 << 16;
    private static final long LARGE = 100L << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    StreamingTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void everyPiecePassesBeforeTheNextOneIsWritten() throws Exception {
        SynchronousQueue<Integer> turns = new SynchronousQueue<>();
        FaultProxy proxy =
                inFrontOf(
                        exchange -> {
                            exchange.sendResponseHeaders(200, 0);
                            try (OutputStream out = exchange.getResponseBody()) {
                                for (int piece = 0; piece < 5; piece++) {
                                    out.write(piece);
                                    out.flush();
                                    await(turns);
                                }
                            }
                        },
                        new Fault.Pass());
        try (proxy;
                InputStream body = stream(proxy).body()) {
            for (int piece = 0; piece < 5; piece++) {
                assertThat(body.read()).isEqualTo(piece);
                turns.put(piece);
            }
            assertThat(body.read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(longs = {0 /* chunked */, LARGE})
    void aBodyOf100MiBPassesUnchanged(long length) throws Exception {
        try (FaultProxy proxy = inFrontOf(exchange -> write(exchange, length), new Fault.Pass())) {
            CRC32 sum = new CRC32();
            try (InputStream body = stream(proxy).body()) {
                assertThat(sum(body, sum)).isEqualTo(LARGE);
            }
            assertThat(sum.getValue()).isEqualTo(sumOfLarge());
            assertThat(proxy.seen().getFirst().responseBytes()).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(booleans = {false, true})
    void anUploadOf100MiBPassesUnchangedAndTwiceIfItShould(boolean twice) throws Exception {
        AtomicReference<String> last = new AtomicReference<>("");
        HttpHandler reader =
                exchange -> {
                    CRC32 sum = new CRC32();
                    long bytes = sum(exchange.getRequestBody(), sum);
                    last.set(bytes + " bytes, sum " + sum.getValue());
                    exchange.sendResponseHeaders(204, -1);
                };
        Fault fault = twice ? new Fault.DuplicateRequest() : new Fault.Pass();
        try (FaultProxy proxy = inFrontOf(reader, fault)) {
            HttpRequest put =
                    HttpRequest.newBuilder(proxy.uri())
                            .PUT(BodyPublishers.ofInputStream(LargeBody::new))
                            .build();
            assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(204);

            assertThat(last).hasValue(LARGE + " bytes, sum " + sumOfLarge());
            assertThat(proxy.seen().getFirst().requestBytes()).isEqualTo(twice ? 2 * LARGE : LARGE);
        }
    }

    @Test
    @Tag("slow")
    void aCutStrikesDeepInALargeBody() throws Exception {
        long at = LARGE - 12_345;
        try (FaultProxy proxy =
                inFrontOf(exchange -> write(exchange, LARGE), new Fault.Cut(RESPONSE, at, CLOSE))) {
            try (Raw raw = new Raw(proxy.uri())) {
                raw.say(Raw.head("GET", "/")).until("\r\n\r\n");
                assertThat(raw.skipRest()).isEqualTo(at);
            }
        }
    }

    private FaultProxy inFrontOf(HttpHandler handler, Fault fault) {
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        handler.handle(exchange);
                    }
                });
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return FaultProxy.to(uri, Script.always(fault));
    }

    private HttpResponse<InputStream> stream(FaultProxy proxy) throws Exception {
        return client.send(
                HttpRequest.newBuilder(proxy.uri()).build(), BodyHandlers.ofInputStream());
    }

    private static void write(HttpExchange exchange, long length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        try (OutputStream out = exchange.getResponseBody();
                InputStream body = new LargeBody()) {
            body.transferTo(out);
        }
    }

    private static long sum(InputStream body, CRC32 sum) throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[PIECE];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            sum.update(buffer, 0, read);
            bytes += read;
        }
        return bytes;
    }

    private static long sumOfLarge() throws IOException {
        CRC32 sum = new CRC32();
        assertThat(sum(new LargeBody(), sum)).isEqualTo(LARGE);
        return sum.getValue();
    }

    private static void await(SynchronousQueue<Integer> turns) throws IOException {
        try {
            turns.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /// The same 100 MiB each time, never held at once.
    private static final class LargeBody extends InputStream {
        private long left = LARGE;

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time takes too long");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            // Each byte follows from its place alone, whatever the size of the buffers.
            int size = (int) Math.min(left, length);
            for (int i = 0; i < size; i++) {
                into[offset + i] = (byte) (((left - i) * 0x9E3779B9L) >>> 13);
            }
            left -= size;
            return size;
        }
    }
}
