package io.tsvault.lab.twin;

/// Strings as Go quotes them in messages.
final class GoText {
    private GoText() {}

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (c < ' ' || c == 0x7f) {
                    quoted.append("\\x").append(Character.forDigit(c >> 4, 16));
                    quoted.append(Character.forDigit(c & 15, 16));
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }
}
