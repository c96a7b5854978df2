package io.tsvault.lab.proxy;

import io.tsvault.lab.proxy.Broken.Side;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/// A connection to one side, whose failures say whose they are. One thread reads, one writes.
final class Wire implements Sink, AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int HTTP_PORT = 80;

    private final Side side;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Wire(Side side, Socket socket) throws IOException {
        this.side = side;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        this.out = socket.getOutputStream();
    }

    static Wire ofClient(Socket socket) throws Broken {
        try {
            return new Wire(Side.CLIENT, socket);
        } catch (IOException e) {
            throw new Broken(Side.CLIENT, 0, "CLIENT left before it spoke: " + e);
        }
    }

    @SuppressWarnings("AddressSelection") // the name of a server on this machine
    static Wire connect(URI server) throws Broken {
        int port = server.getPort() < 0 ? HTTP_PORT : server.getPort();
        try {
            return new Wire(Side.SERVER, new Socket(server.getHost(), port));
        } catch (IOException refused) {
            throw new Broken(Side.SERVER, 502, "cannot connect to " + server + ": " + refused);
        }
    }

    static void requireServer(URI server) {
        boolean bare = server.getRawPath() == null || server.getRawPath().length() <= 1;
        if (!"http".equals(server.getScheme()) || server.getHost() == null || !bare) {
            throw new IllegalArgumentException(
                    server + " is not a server: give http://host:port without a path");
        }
    }

    /// The next byte, or -1 at the end.
    int read() throws Broken {
        try {
            return in.read();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// At least one byte and at most `max`, as they come; -1 at the end.
    int read(byte[] into, int max) throws Broken {
        try {
            return in.read(into, 0, max);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws Broken {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Says that nothing more comes.
    void halfClose() throws Broken {
        try {
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Says that nothing more comes, and reads on until the other side has said so too. Closing
    /// with unread bytes would reset the connection and take the last answer with it.
    void hangUp() throws Broken {
        halfClose();
        awaitEnd();
    }

    /// Ends a conversation in the middle.
    void end(Fault.Ending ending) throws Broken {
        switch (ending) {
            case RESET -> reset();
            case SILENCE -> awaitEnd();
            case CLOSE, WHOLE, UNFRAMED -> close();
        }
    }

    private void reset() throws Broken {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw lost(e);
        }
        close();
    }

    private void awaitEnd() {
        byte[] ignored = new byte[BUFFER_BYTES];
        boolean open = true;
        while (open) {
            open = hears(ignored);
        }
    }

    private boolean hears(byte[] buffer) {
        try {
            return read(buffer, buffer.length) >= 0;
        } catch (Broken reset) { // an end as well
            return false;
        }
    }

    @Override
    public void close() throws Broken {
        try {
            socket.close();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /// Bytes came that are not HTTP.
    Broken malformed(int status, String what) {
        return new Broken(side, side == Side.CLIENT ? status : 502, side + " sent " + what);
    }

    /// The other side is gone before it has finished.
    Broken ended(String where) {
        return new Broken(side, side == Side.CLIENT ? 0 : 502, side + " ended " + where);
    }

    private Broken lost(IOException cause) {
        Broken broken = ended("the connection: " + cause);
        broken.initCause(cause);
        return broken;
    }
}
