package io.tsvault.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.json.Fields.Unknown;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FieldsTest {
    private record Window(long start, long end) {
        Window {
            if (start >= end) {
                throw new IllegalArgumentException("it ends before it starts");
            }
        }
    }

    private record Plan(
            String name,
            boolean quick,
            List<Window> windows,
            Optional<Window> extra,
            List<String> tags,
            Map<String, String> more) {}

    private static Window window(Fields fields) {
        return new Window(fields.whole("start"), fields.whole("end"));
    }

    private static Plan plan(Fields fields) {
        return new Plan(
                fields.text("name"),
                fields.truth("quick"),
                fields.list("windows", FieldsTest::window),
                fields.optional("extra", FieldsTest::window),
                fields.texts("tags"),
                fields.strings("more"));
    }

    private static Plan read(String text, Unknown unknown) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return Fields.read(Json.parse(bytes, "it"), unknown, FieldsTest::plan);
    }

    private static List<String> problems(String text) {
        try {
            throw new AssertionError("read " + read(text, Unknown.REFUSED));
        } catch (WrongShape e) {
            return e.problems();
        }
    }

    @Test
    void whatIsAskedForIsRead() {
        String text =
                "{'name':'a','quick':true,'windows':[{'start':1,'end':2}],'tags':['x','y'],"
                        + "'more':{'k':'v'},'extra':{'start':-1,'end':5}}";
        assertThat(read(text, Unknown.REFUSED))
                .isEqualTo(
                        new Plan(
                                "a",
                                true,
                                List.of(new Window(1, 2)),
                                Optional.of(new Window(-1, 5)),
                                List.of("x", "y"),
                                Map.of("k", "v")));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        String text =
                "{'name':1,'windows':[{'start':5,'end':2},{'start':'x'},7],'tags':['x',2],'more':[],"
                    + "'extra':{'start':1,'end':2,'ende':3},'a/b~':1}";
        assertThat(problems(text))
                .containsExactly(
                        "/name: a string is expected, not 1",
                        "/quick: missing",
                        "/windows/0: it ends before it starts",
                        "/windows/1/start: a whole number, not \"x\"",
                        "/windows/1/end: missing",
                        "/windows/2: an object is expected, not 7",
                        "/windows/2/start: missing",
                        "/windows/2/end: missing",
                        "/extra/ende: unknown; end was meant?",
                        "/tags/1: a string is expected, not 2",
                        "/more: an object is expected, not []",
                        "/a~1b~0: unknown; here may be extra, more, name, quick, tags, windows");
    }

    @Test
    void unknownMembersMayBeIgnored() {
        String text =
                "{'name':'a','quick':true,'windows':[{'start':1,'end':2,'x':1}],'tags':[],'more':{},"
                    + "'y':{}}";
        assertThat(read(text, Unknown.IGNORED).windows()).containsExactly(new Window(1, 2));
        assertThat(problems(text)).hasSize(2);
    }

    @Test
    void numbersHaveRanges() {
        Json json = Json.of(Map.of("a", Json.of(5)));
        assertThat(Fields.<Long>read(json, Unknown.REFUSED, f -> f.whole("a", 5, 5))).isEqualTo(5);
        assertThatThrownBy(() -> Fields.read(json, Unknown.REFUSED, f -> f.whole("a", 6, 9)))
                .hasMessage("/a: a whole number from 6 to 9, not 5");
        assertThatThrownBy(() -> Fields.read(json, Unknown.REFUSED, f -> f.whole("a", 0, 4)))
                .hasMessage("/a: a whole number from 0 to 4, not 5");
        Json negative = Json.of(Map.of("a", Json.of(-1)));
        assertThatThrownBy(() -> Fields.read(negative, Unknown.REFUSED, f -> f.count("a")))
                .hasMessage("/a: a whole number from 0, not -1");
    }

    @Test
    void whatIsNoObjectHasNoMembers() {
        assertThatThrownBy(() -> Fields.read(Json.of(List.of()), Unknown.REFUSED, _ -> "x"))
                .isInstanceOf(WrongShape.class)
                .hasMessage(": an object is expected, not []");
    }

    @Test
    void longValuesAreShortenedInMessages() {
        Json json = Json.of(Map.of("a", Json.of("x".repeat(100))));
        assertThatThrownBy(() -> Fields.read(json, Unknown.REFUSED, f -> f.count("a")))
                .hasMessageEndingWith("not \"" + "x".repeat(39) + "...");
    }
}
