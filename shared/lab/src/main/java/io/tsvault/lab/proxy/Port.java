package io.tsvault.lab.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// A port of 127.0.0.1 that listens or refuses, and is nobody else's meanwhile.
final class Port implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BACKLOG = 1024;

    private final ExecutorService threads;
    private final Consumer<Socket> onConnect;
    private final Socket keeper = new Socket();
    private final int number;
    private ServerSocket listener;
    private Future<?> acceptor;

    /// Listens on a free port.
    Port(ExecutorService threads, Consumer<Socket> onConnect) throws IOException {
        this.threads = threads;
        this.onConnect = onConnect;
        this.listener = listener(0);
        this.number = listener.getLocalPort();
        this.acceptor = accept(listener);
    }

    int number() {
        return number;
    }

    /// From now on connections are refused. A bound socket that does not listen keeps the port.
    void refuse() throws IOException {
        stop();
        if (!keeper.isBound()) {
            keeper.setReuseAddress(true);
            keeper.bind(new InetSocketAddress(LOOPBACK, number));
        }
    }

    /// From now on connections are accepted again.
    void listen() throws IOException {
        stop();
        listener = listener(number);
        acceptor = accept(listener);
    }

    @Override
    public void close() throws IOException {
        try (keeper) {
            stop();
        }
    }

    private static ServerSocket listener(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(LOOPBACK, port), BACKLOG);
        return listener;
    }

    private Future<?> accept(ServerSocket from) {
        return threads.submit(
                () -> {
                    for (Optional<Socket> next = next(from); next.isPresent(); next = next(from)) {
                        onConnect.accept(next.get());
                    }
                    return null;
                });
    }

    /// Empty when this listener is closed, which is the only way to end its wait.
    private static Optional<Socket> next(ServerSocket from) throws IOException {
        try {
            return Optional.of(from.accept());
        } catch (IOException e) {
            if (from.isClosed()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// A port is free only after the thread that waits on it has gone.
    private void stop() throws IOException {
        listener.close();
        try {
            acceptor.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the proxy stopped accepting", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
