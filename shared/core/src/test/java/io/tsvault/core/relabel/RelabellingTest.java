package io.tsvault.core.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.series.Labels;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/// What the actions do is held against real servers by the lab; here is what these leave open.
class RelabellingTest {
    private static final Labels UP =
            Labels.of("__name__", "up", "job", "node", "env", "Prod", "instance", "a:9100");

    static Rule rule(String json) {
        byte[] bytes = json.replace('\'', '"').getBytes(UTF_8);
        return Fields.read(Json.parse(bytes, "rule"), Unknown.REFUSED, Rule::read);
    }

    private static String applied(Labels labels, String... rules) {
        List<Rule> all = List.of(rules).stream().map(RelabellingTest::rule).toList();
        return Relabelling.of(all).apply(labels).map(Labels::toString).orElse("dropped");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'action':'keep','source_labels':['job'],'regex':'nod'}        | dropped
                    {'action':'drop','source_labels':['job'],'regex':'nod.*'}      | dropped
                    {'action':'labeldrop','regex':'i.*'}                           | up{env="Prod", job="node"}
                    {'action':'labelkeep','regex':'__name__'}                      | up
                    {'action':'labelkeep','regex':'none'}                          | dropped
                    {'action':'lowercase','source_labels':['env'],'target_label':'e'} | up{e="prod", env="Prod", instance="a:9100", job="node"}
                    {'target_label':'env'}                                         | up{instance="a:9100", job="node"}
                    {'target_label':'__tmp','replacement':'x'}                     | up{__tmp="x", env="Prod", instance="a:9100", job="node"}
                    """)
    void actionsDoWhatTheyAreCalled(String rule, String expected) {
        assertThat(applied(UP, rule)).isEqualTo(expected);
    }

    @Test
    void withoutRulesLabelsStay() {
        assertThat(Relabelling.of(List.of()).apply(UP)).containsSame(UP);
    }

    @Test
    void rulesSeeWhatTheOnesBeforeHaveWritten() {
        assertThat(
                        applied(
                                UP,
                                "{'target_label':'a','replacement':'x'}",
                                "{'source_labels':['a','job'],'target_label':'b'}",
                                "{'action':'labelkeep','regex':'b'}"))
                .isEqualTo("{b=\"x;node\"}");
    }

    @Test
    void aNameThatCannotBeIsNotWritten() {
        Labels odd = Labels.ofBytes(bytes("a"), new byte[] {(byte) 0xff}, bytes("b"), bytes("1"));
        assertThat(
                        applied(
                                odd,
                                "{'source_labels':['a'],'target_label':'$1','replacement':'x'}",
                                "{'source_labels':['none'],'target_label':'$1','replacement':'x'}",
                                "{'action':'labelmap','regex':'b','replacement':'$1'}"))
                .isEqualTo(odd.toString());
    }

    @Test
    void valuesThatAreNotUtf8ArePassedOn() {
        byte[] value = {'x', (byte) 0xff, 'y', (byte) 0xc3};
        Rule rule = rule("{'source_labels':['a'],'regex':'x(.*)','target_label':'b'}");
        Labels changed =
                Relabelling.of(List.of(rule))
                        .apply(Labels.ofBytes(bytes("a"), value))
                        .orElseThrow();
        assertThat(changed.valueBytes(0)).isEqualTo(value);
        assertThat(changed.valueBytes(1)).isEqualTo(new byte[] {(byte) 0xff, 'y', (byte) 0xc3});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$1", "${x}", "$$", "a$b$", ""})
    void aLabelThatIsSetHasThatValueAsItStands(String value) {
        Labels labels = Relabelling.of(List.of(Rule.set("env", value))).apply(UP).orElseThrow();
        assertThat(labels.get("env").orElse("")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'action':'hashmod','target_label':'a'}                | hashmod needs a modulus from 1
                    {'action':'hashmod','modulus':2}                       | hashmod needs a target_label
                    {}                                                     | replace needs a target_label
                    {'action':'labelmap','replacement':''}                 | labelmap needs a replacement
                    {'action':'labeldrop','source_labels':['a']}           | labeldrop takes only a regex
                    {'action':'labelkeep','separator':','}                 | labelkeep takes only a regex
                    {'action':'dropequal','target_label':'a','regex':'b'}  | dropequal takes only source_labels
                    {'action':'uppercase','target_label':'a','replacement':'b'} | uppercase takes no replacement
                    {'action':'keeep'}                                     | is unknown; keep was
                    {'action':'x'}                                         | /action: "x" is none of replace, keep
                    {'regex':'('}                                          | /regex: not an RE2 expression: '('
                    {'source_labels':['']}                                 | /source_labels/0: a label without a
                    {'targetLabel':'a'}                                    | /targetLabel: unknown; target_label
                    {'modulus':-1}                                         | /modulus: a whole number from 0
                    """)
    void aRuleThatPrometheusRefusesIsRefused(String json, String message) {
        assertThatThrownBy(() -> rule(json)).hasMessageContaining(message);
    }

    @Test
    void rulesAreWrittenWithoutWhatGoesWithoutSaying() {
        String full =
                "{'action':'labeldrop','source_labels':[],'separator':';','regex':'a','modulus':0,"
                        + "'target_label':'','replacement':'$1'}";
        assertThat(Json.toString(rule(full).toJson()))
                .isEqualTo("{\"action\":\"labeldrop\",\"regex\":\"a\"}");
    }

    @Test
    void rulesAreReadAsTheyWereWritten() {
        for (long seed = 1; seed <= 200; seed++) {
            Rule rule = AnyRules.one(new Random(seed));
            String json = Json.toString(rule.toJson()).replace('"', '\'');
            assertThat(rule(json)).as("seed %d", seed).isEqualTo(rule);
        }
    }

    /// What may be said of all rules, whatever they are.
    @Test
    void anyRulesLeaveLabelsThatAreLabels() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Random random = new Random(seed);
            List<Rule> rules = AnyRules.some(random);
            Labels labels = AnyRules.labels(random);
            Relabelling relabelling = Relabelling.of(rules);
            var once = relabelling.apply(labels);
            assertThat(relabelling.apply(labels)).as("seed %d", seed).isEqualTo(once);
            once.ifPresent(
                    left -> {
                        assertThat(left.size()).isPositive();
                        assertThat(Labels.ofSorted(left.bytes())).isEqualTo(left);
                    });
        }
    }
}
