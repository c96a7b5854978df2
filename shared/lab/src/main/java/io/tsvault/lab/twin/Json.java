package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Labels;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes JSON as the server does: what Go escapes is escaped, down to `<` and `&`. Label sets are
/// the exception since 2.53.
record Json(Generation generation) {
    /// A number that is written as it is: a timestamp.
    record Literal(String text) {
        /// Seconds, with all three decimals when there are any.
        static Literal seconds(long ms) {
            long magnitude = Math.abs(ms);
            String sign = ms < 0 ? "-" : "";
            long part = magnitude % 1000;
            String decimals = part == 0 ? "" : "." + Long.toString(1000 + part).substring(1);
            return new Literal(sign + magnitude / 1000 + decimals);
        }
    }

    /// Maps, lists, strings, numbers, truth values, labels, literals.
    String write(Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private void write(Object value, StringBuilder json) {
        switch (value) {
            case String text -> string(text, true, json);
            case Labels labels -> labels(labels, json);
            case Literal literal -> json.append(literal.text());
            case Map<?, ?> map -> map(map, json);
            case List<?> list -> list(list, json);
            case Long number -> json.append(number);
            case Integer number -> json.append(number);
            case Boolean truth -> json.append(truth);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void map(Map<?, ?> map, StringBuilder json) {
        json.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(separator);
            separator = ",";
            string(entry.getKey().toString(), true, json);
            json.append(':');
            write(entry.getValue(), json);
        }
        json.append('}');
    }

    private void list(List<?> list, StringBuilder json) {
        json.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            write(items.next(), json);
            json.append(items.hasNext() ? "," : "");
        }
        json.append(']');
    }

    private void labels(Labels labels, StringBuilder json) {
        boolean html = !generation.isAtLeast(Generation.V2_53);
        json.append('{');
        for (int i = 0; i < labels.size(); i++) {
            json.append(i > 0 ? "," : "");
            string(labels.name(i), html, json);
            json.append(':');
            value(ByteString.copyFrom(labels.valueBytes(i)), html, json);
        }
        json.append('}');
    }

    /// What is not UTF-8 becomes an escaped U+FFFD.
    private static void value(ByteString bytes, boolean html, StringBuilder json) {
        int start = json.length();
        string(bytes.toStringUtf8(), html, json);
        if (!bytes.isValidUtf8()) {
            String escaped = json.substring(start).replace("\ufffd", "\\ufffd");
            json.replace(start, json.length(), escaped);
        }
    }

    private static void string(String text, boolean html, StringBuilder json) {
        json.append('"');
        text.codePoints().forEach(c -> character(c, html, json));
        json.append('"');
    }

    private static void character(int c, boolean html, StringBuilder json) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '&', 0x2028, 0x2029 -> {
                if (html) {
                    escape(c, json);
                } else {
                    json.appendCodePoint(c);
                }
            }
            default -> {
                if (c < ' ') {
                    escape(c, json);
                } else {
                    json.appendCodePoint(c);
                }
            }
        }
    }

    private static void escape(int c, StringBuilder json) {
        json.append("\\u").append(Integer.toHexString(0x10000 + c).substring(1));
    }
}
