package io.tsvault.lab.proxy;

import java.io.IOException;
import java.net.SocketException;

/// What a client made of all the bytes on a connection: an HTTP reader of the plainest kind, which
/// shares no code with the proxy.
///
/// @param whole  by its length or its last chunk; a body with neither is always whole
/// @param copies how often the same message came
record Observed(int status, String body, boolean whole, int copies) {
    static final Observed NOTHING = new Observed(0, "", false, 0);

    static Observed whole(int status, String body) {
        return new Observed(status, body, true, 1);
    }

    Observed twice() {
        return new Observed(status, body, whole, 2);
    }

    static Observed of(Raw raw) throws IOException {
        String all;
        try {
            all = raw.rest();
        } catch (SocketException reset) {
            return NOTHING;
        }
        if (all.isEmpty()) {
            return NOTHING;
        }
        int half = all.length() / 2;
        boolean twice = all.substring(0, half).equals(all.substring(half));
        Observed once = message(twice ? all.substring(half) : all);
        return twice ? once.twice() : once;
    }

    private static Observed message(String message) {
        int status = Integer.parseInt(message.substring(9, 12));
        String head =
                message.substring(0, message.indexOf("\r\n\r\n") + 4)
                        .toLowerCase(java.util.Locale.ROOT);
        String body = Raw.body(message);
        int length = head.indexOf("content-length: ");
        if (length >= 0) {
            int start = length + "content-length: ".length();
            int claimed = Integer.parseInt(head.substring(start, head.indexOf('\r', start)));
            boolean whole = body.length() >= claimed;
            return new Observed(status, whole ? body.substring(0, claimed) : body, whole, 1);
        }
        return head.contains("transfer-encoding: chunked")
                ? chunked(status, body)
                : whole(status, body);
    }

    private static Observed chunked(int status, String chunks) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0) {
                return whole(status, body.toString());
            }
            body.append(chunks, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return new Observed(status, body.toString(), false, 1);
    }
}
