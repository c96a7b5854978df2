package io.tsvault.core.series;

import io.tsvault.core.series.Matcher.Op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads one PromQL series selector.
///
/// ```text
/// selector --> [ metric ] [ "{" [ item { "," item } [ "," ] ] "}" ]
/// item     --> quoted-metric | ( name | quoted-name ) op quoted
/// op       --> "=" | "!=" | "=~" | "!~"
/// quoted   --> "..." | '...' | `...`       the last without escapes
/// ```
final class SelectorParser {
    private static final int MAX_LENGTH = 64 * 1024;

    private final String text;
    private final List<Matcher> matchers = new ArrayList<>();
    private int at;

    SelectorParser(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a selector of " + text.length() + " characters; the limit is " + MAX_LENGTH);
        }
        this.text = text;
    }

    List<Matcher> matchers() {
        skipSpace();
        word(true).ifPresent(metric -> add(Op.EQUAL, Labels.METRIC_NAME, metric));
        skipSpace();
        if (accept("{")) {
            items();
            skipSpace();
        }
        if (at < text.length()) {
            throw unreadable("unexpected '" + text.charAt(at) + "'");
        }
        if (matchers.isEmpty()) {
            throw unreadable("a selector needs a metric name or a matcher");
        }
        return matchers;
    }

    private void items() {
        skipSpace();
        while (!accept("}")) {
            item();
            skipSpace();
            if (!accept(",")) {
                require("}");
                return;
            }
            skipSpace();
        }
    }

    private void item() {
        boolean isQuoted = startsString();
        String name =
                isQuoted ? string() : word(false).orElseThrow(() -> unreadable("no label name"));
        skipSpace();
        Optional<Op> op = op();
        if (op.isPresent()) {
            skipSpace();
            add(op.get(), name, string());
        } else if (isQuoted) {
            add(Op.EQUAL, Labels.METRIC_NAME, name);
        } else {
            throw unreadable("no =, !=, =~ or !~ behind '" + name + "'");
        }
    }

    private void add(Op op, String name, String value) {
        try {
            matchers.add(new Matcher(op, name, value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(position() + e.getMessage(), e);
        }
    }

    private Optional<Op> op() {
        for (Op op : List.of(Op.LIKE, Op.NOT_LIKE, Op.NOT_EQUAL, Op.EQUAL)) {
            if (accept(op.toString())) {
                return Optional.of(op);
            }
        }
        return Optional.empty();
    }

    private Optional<String> word(boolean colons) {
        int start = at;
        while (at < text.length() && Names.mayStand(text.charAt(at), at == start, colons)) {
            at++;
        }
        return at == start ? Optional.empty() : Optional.of(text.substring(start, at));
    }

    private boolean startsString() {
        return at < text.length() && "\"'`".indexOf(text.charAt(at)) >= 0;
    }

    private String string() {
        if (!startsString()) {
            throw unreadable("a quoted string is missing");
        }
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            value.append(c == '\\' && quote != '`' ? escaped() : c);
        }
        if (at == text.length()) {
            at = start;
            throw unreadable("a string without an end");
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        if (at == text.length()) {
            throw unreadable("nothing behind a backslash");
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> c;
            default -> throw unreadable("unknown escape \\" + c);
        };
    }

    private boolean accept(String sign) {
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        return false;
    }

    private void require(String sign) {
        if (!accept(sign)) {
            throw unreadable("'" + sign + "' is missing");
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unreadable(String reason) {
        return new IllegalArgumentException(position() + reason);
    }

    private String position() {
        return "selector '" + text + "', position " + at + ": ";
    }
}
