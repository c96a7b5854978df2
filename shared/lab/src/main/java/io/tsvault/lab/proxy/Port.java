package io.tsvault.lab.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A port of 127.0.0.1 that listens or refuses, and is nobody else's meanwhile.
final class Port implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BACKLOG = 1024;

    private final Socket keeper = new Socket();
    private final int number;
    private ServerSocket listener;

    /// Listens on a free port.
    Port() throws IOException {
        listener = new ServerSocket(0, BACKLOG, LOOPBACK);
        number = listener.getLocalPort();
    }

    int number() {
        return number;
    }

    ServerSocket listener() {
        return listener;
    }

    /// From now on connections are refused. A bound socket that does not listen keeps the port.
    void refuse() throws IOException {
        listener.close();
        if (!keeper.isBound()) {
            keeper.setReuseAddress(true);
            keeper.bind(new InetSocketAddress(LOOPBACK, number));
        }
    }

    /// From now on connections are accepted again.
    void listen() throws IOException {
        listener.close();
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(LOOPBACK, number), BACKLOG);
    }

    @Override
    public void close() throws IOException {
        try (keeper) {
            listener.close();
        }
    }
}
