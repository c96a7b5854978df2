package io.tsvault.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class JsonTest {
    private static Json parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), "test.json");
    }

    @Test
    void anythingIsReadAsItWasWritten() {
        for (int seed = 0; seed < 2000; seed++) {
            Json json = any(new Random(seed), 5);
            assertThat(Json.parse(json.toBytes(), "it")).as("seed %d", seed).isEqualTo(json);
        }
    }

    private static Json any(Random random, int levels) {
        return switch (random.nextInt(levels == 0 ? 4 : 6)) {
            case 0 -> Json.of(anyText(random));
            case 1 -> Json.of(random.nextLong() >> random.nextInt(64));
            case 2 -> Json.of(random.nextBoolean());
            case 3 -> new Json.Nothing();
            case 4 -> {
                List<Json> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(any(random, levels - 1));
                }
                yield Json.of(items);
            }
            default -> {
                Map<String, Json> members = new TreeMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(anyText(random), any(random, levels - 1));
                }
                yield Json.of(members);
            }
        };
    }

    private static String anyText(Random random) {
        return random.ints(random.nextInt(6), 0, 0x11000)
                .map(c -> c < 0x8000 ? c % 130 : c)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void oneValueHasOneSpelling() {
        Map.of(
                        " {\n} ", "{}",
                        " [ 1 , true,null ,\"a\" ]\n", "[1,true,null,\"a\"]",
                        "{\"b\":1,\"a\":{\"d\":[],\"c\":false}}",
                                "{\"a\":{\"c\":false,\"d\":[]},\"b\":1}",
                        "-9223372036854775808", "-9223372036854775808",
                        "\"\\u0041\\/\\u00e9\"", "\"A/\u00e9\"",
                        "\"\\u0008\\t\\u000a\\f\\r\"", "\"\\b\\t\\n\\f\\r\"",
                        "\"\\u001F\\u007f\\\"\\\\\"", "\"\\u001f\u007f\\\"\\\\\"",
                        "{\"\\ufb33\":1,\"\\ud83d\\ude00\":2}", "{\"\ud83d\ude00\":2,\"\ufb33\":1}")
                .forEach(
                        (any, canonical) -> {
                            assertThat(Json.toString(parse(any))).isEqualTo(canonical);
                            assertThat(parse(canonical)).isEqualTo(parse(any));
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "{\"a\"}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{} {}",
                "1 1",
                "nul",
                "01",
                "+1",
                "1.5",
                "1e3",
                "-0",
                "NaN",
                "9223372036854775808",
                "'a'",
                "{a:1}",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\ud800\"",
                "/* a */ 1",
                "\ufeff1",
                "{\"a\":1,\"a\":2}",
                "]",
                "}",
                ",",
                ":",
                "[1]]",
                "{\"a\":1}}",
                "{\"a\" 1}",
                "{1:1}",
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith("test.json");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] bytes = {'"', (byte) 0xc3, '"'};
        assertThatThrownBy(() -> Json.parse(bytes, "it")).hasMessage("it: not UTF-8");
        byte[] wide = "\"a\"".getBytes(StandardCharsets.UTF_16BE);
        assertThatThrownBy(() -> Json.parse(wide, "it")).isInstanceOf(MalformedJson.class);
    }

    @Test
    void aPlaceIsNamed() {
        assertThatThrownBy(() -> parse("{\"a\":\n  1.5}"))
                .hasMessage("test.json, line 2, column 6: only whole numbers are taken");
    }

    @Test
    void H07_nothingIsDeeperThan16Levels() {
        parse("[".repeat(16) + "]".repeat(16));
        assertThatThrownBy(() -> parse("[".repeat(17) + "]".repeat(17)))
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> parse("{\"a\":".repeat(1_000_000)))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void H07_textsHaveLimits() {
        parse("\"%s\"".formatted("x".repeat(1 << 16)));
        assertThatThrownBy(() -> parse("\"%s\"".formatted("x".repeat((1 << 16) + 1))))
                .isInstanceOf(MalformedJson.class);
        parse("{\"%s\":1}".formatted("x".repeat(256)));
        assertThatThrownBy(() -> parse("{\"%s\":1}".formatted("x".repeat(257))))
                .isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> parse("1".repeat(100_000))).isInstanceOf(MalformedJson.class);
    }

    @Test
    void anyCutIsRefused() {
        byte[] whole = parse("{\"a\":[1,{\"b\":\"c\"},null,true],\"d\":\"é\"}").toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Json.parse(cut, "it"))
                    .as("%d bytes", length)
                    .isInstanceOf(MalformedJson.class);
        }
    }
}
