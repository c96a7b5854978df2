package io.tsvault.lab.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A server for one connection, which says these bytes whatever it is asked: for what no
/// well-behaved server would say.
final class RawUpstream implements AutoCloseable {
    private final ServerSocket listener =
            new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<String> heard;

    private interface Talk {
        String with(Socket socket) throws IOException, InterruptedException;
    }

    private RawUpstream(Talk talk) throws IOException {
        heard =
                threads.submit(
                        () -> {
                            try (Socket socket = listener.accept()) {
                                listener.close();
                                return talk.with(socket);
                            }
                        });
    }

    /// Hears the request up to these last words, says its own, and closes.
    static RawUpstream saying(String lastWords, String answer) throws IOException {
        return new RawUpstream(
                socket -> {
                    String request = Raw.readUntil(socket.getInputStream(), lastWords);
                    socket.getOutputStream().write(Raw.bytes(answer));
                    return request;
                });
    }

    /// Says these bytes, and resets the connection once the latch is down.
    static RawUpstream resetting(String answer, CountDownLatch when) throws IOException {
        return new RawUpstream(
                socket -> {
                    String request = Raw.readUntil(socket.getInputStream(), "\r\n\r\n");
                    socket.getOutputStream().write(Raw.bytes(answer));
                    when.await();
                    socket.setSoLinger(true, 0);
                    return request;
                });
    }

    /// Says nothing and hears everything, to the end of the connection.
    static RawUpstream listening() throws IOException {
        return new RawUpstream(
                socket -> {
                    ByteArrayOutputStream all = new ByteArrayOutputStream();
                    socket.getInputStream().transferTo(all);
                    return all.toString(StandardCharsets.ISO_8859_1);
                });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /// What came, once this server has closed.
    Future<String> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        threads.close();
    }
}
