package io.tsvault.lab.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A client that hides nothing: no retry, no pool, every byte.
final class Raw implements AutoCloseable {
    /// Ends a test that would hang; no test waits so long.
    private static final int PATIENCE_MS = 30_000;

    private final Socket socket;

    Raw(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MS);
    }

    /// A whole conversation on a connection of its own: one request without a body.
    static String ask(URI server, String method, String target) throws IOException {
        try (Raw raw = new Raw(server)) {
            return raw.say(head(method, target, "Connection: close")).rest();
        }
    }

    /// A request head with these fields.
    static String head(String method, String target, String... fields) {
        StringBuilder head =
                new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: proxy\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /// A request with a body.
    static String put(String target, String body, String... fields) {
        String head = head("PUT", target, "Content-Length: " + body.length());
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return head.substring(0, head.length() - 2) + more + "\r\n" + body;
    }

    Raw say(String text) throws IOException {
        socket.getOutputStream().write(bytes(text));
        return this;
    }

    /// Everything up to these words, and with them.
    String until(String words) throws IOException {
        return readUntil(socket.getInputStream(), words);
    }

    /// Everything that comes until the other side closes in good order.
    ///
    /// @throws java.net.SocketException when it resets instead
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /// How many bytes come until the other side closes in good order.
    long skipRest() throws IOException {
        return socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /// From now on reading gives up after so long.
    Raw patience(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String readUntil(InputStream in, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the end came before '" + words + "', after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /// What is behind the head.
    static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }
}
