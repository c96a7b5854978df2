package io.tsvault.lab.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The start line and the header fields of one message, in the order and the case they came in.
record Head(String start, List<Field> fields) {
    static final int MAX_BYTES = 64 * 1024;

    private static final Pattern REQUEST = Pattern.compile("[^ ]+ [^ ]+ HTTP/1\\.[01]");
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.[01] [1-5]\\d\\d( .*)?");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    /// Fields that speak of one connection and not of the message (RFC 9110, 7.6.1).
    private static final Set<String> HOP_BY_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "upgrade");

    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "transfer-encoding");

    Head {
        fields = List.copyOf(fields);
    }

    /// One header field.
    record Field(String name, String value) {
        boolean is(String wanted) {
            return name.equalsIgnoreCase(wanted);
        }
    }

    /// Empty when the client has left between two requests.
    static Optional<Head> ofRequest(Wire client) throws Broken {
        Lines lines = new Lines(client);
        Optional<String> start = lines.next();
        return start.isEmpty()
                ? Optional.empty()
                : Optional.of(of(REQUEST, start.get(), lines, client));
    }

    static Head ofAnswer(Wire server) throws Broken {
        Lines lines = new Lines(server);
        String start = lines.next().orElseThrow(() -> server.ended("before its answer"));
        return of(ANSWER, start, lines, server);
    }

    private static Head of(Pattern form, String start, Lines lines, Wire from) throws Broken {
        if (!form.matcher(start).matches()) {
            throw from.malformed(400, "what is not HTTP/1.0 or 1.1");
        }
        return new Head(start, fields(lines, from));
    }

    /// Fields up to the empty line: those of a head, or the trailer of a chunked body.
    static List<Field> fields(Lines lines, Wire from) throws Broken {
        List<Field> fields = new ArrayList<>();
        while (true) {
            String line = lines.next().orElseThrow(() -> from.ended("inside a head"));
            if (line.isEmpty()) {
                return fields;
            }
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw from.malformed(400, "a header field without a proper name");
            }
            fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
    }

    /// A field that a fault or a reply may set: not one that frames the message.
    static void requireFree(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a header field: " + name + ": " + value);
        }
        if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    name + " frames the message and is set by the proxy");
        }
    }

    String method() {
        return start.substring(0, start.indexOf(' '));
    }

    String target() {
        return start.substring(start.indexOf(' ') + 1, start.lastIndexOf(' '));
    }

    int status() {
        return Integer.parseInt(start, 9, 12, 10);
    }

    boolean isOld() {
        return start.endsWith(" HTTP/1.0");
    }

    /// All values of a list field, in lower case.
    List<String> list(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .flatMap(field -> Stream.of(field.value().split(",", -1)))
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Without what speaks of the connection only.
    Head endToEnd() {
        Set<String> hop = new HashSet<>(HOP_BY_HOP);
        hop.addAll(list("Connection"));
        hop.removeAll(Set.of("content-length", "transfer-encoding"));
        return new Head(
                start,
                fields.stream()
                        .filter(field -> !hop.contains(field.name().toLowerCase(Locale.ROOT)))
                        .toList());
    }

    Head without(String name) {
        return new Head(start, fields.stream().filter(field -> !field.is(name)).toList());
    }

    Head with(String name, String value) {
        List<Field> more = new ArrayList<>(without(name).fields);
        more.add(new Field(name, value));
        return new Head(start, more);
    }

    byte[] bytes() {
        return (start + "\r\n" + text(fields)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Fields as they are sent, with the empty line behind them.
    static String text(List<Field> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach(f -> text.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }
}
