package io.tsvault.prometheus.http;

/// Words of a server, made fit for a message.
final class Text {
    private static final int MOST_CHARS = 300;

    private Text() {}

    /// On one line and not too long.
    static String shown(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS) + "...";
    }
}
