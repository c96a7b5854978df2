package io.tsvault.core.json;

import java.util.HexFormat;
import java.util.Map;

/// Writes the canonical form: see the description of the package.
final class CanonicalText {
    private static final String SHORT = "\b\t\n\f\r\"\\";
    private static final String SHORT_NAMES = "btnfr\"\\";

    private CanonicalText() {}

    static void append(Json json, StringBuilder text) {
        switch (json) {
            case Json.Text(String value) -> append(value, text);
            case Json.Whole(long value) -> text.append(value);
            case Json.Truth(boolean value) -> text.append(value);
            case Json.Nothing() -> text.append("null");
            case Json.Items(var values) -> {
                String before = "[";
                for (Json value : values) {
                    text.append(before);
                    append(value, text);
                    before = ",";
                }
                text.append(values.isEmpty() ? "[]" : "]");
            }
            case Json.Members(var values) -> {
                String before = "{";
                for (Map.Entry<String, Json> member : values.entrySet()) {
                    text.append(before);
                    append(member.getKey(), text);
                    text.append(':');
                    append(member.getValue(), text);
                    before = ",";
                }
                text.append(values.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void append(String value, StringBuilder text) {
        text.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(value, done, i);
                escape(c, text);
                done = i + 1;
            }
        }
        text.append(value, done, value.length()).append('"');
    }

    private static void escape(char c, StringBuilder text) {
        int known = SHORT.indexOf(c);
        if (known >= 0) {
            text.append('\\').append(SHORT_NAMES.charAt(known));
        } else {
            text.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
        }
    }
}
