package io.tsvault.lab.relabel;

import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.relabel.Rule;
import io.tsvault.core.series.Labels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lists of rules, as JSON: so both tsvault and the configuration of a Prometheus, which is YAML,
/// take them.
final class RuleCases {
    /// What every Prometheus treats alike.
    static final List<String> COMMON =
            quoted(
                    "{'source_labels':['a'],'target_label':'t'}",
                    "{'source_labels':['a','b'],'target_label':'t'}",
                    "{'source_labels':['a','none','b'],'separator':'','target_label':'t'}",
                    "{'source_labels':['b','a'],'separator':'-','regex':'(.*)-(.*)',"
                            + "'target_label':'t','replacement':'${2}_$1'}",
                    "{'source_labels':['a'],'regex':'(.)(.*)','target_label':'t',"
                            + "'replacement':'$2$1$$$x${x}$10$01'}",
                    "{'source_labels':['a'],'regex':'(.)(.*)','target_label':'t',"
                            + "'replacement':'$1x-${1}x-$-${-${1-$'}",
                    "{'source_labels':['a'],'regex':'(?P<first>.)(?P<rest>.*)','target_label':'t',"
                            + "'replacement':'$rest/${first}/$firstx'}",
                    "{'source_labels':['a'],'regex':'x|xy|(y)','target_label':'t',"
                            + "'replacement':'<$1>'}",
                    "{'source_labels':['a'],'regex':'x|(xy)','target_label':'t'}",
                    "{'source_labels':['a'],'regex':'x','target_label':'a','replacement':''}",
                    "{'target_label':'b'}",
                    "{'target_label':'t','replacement':'always'}",
                    "{'source_labels':['none'],'target_label':'t','replacement':'set'}",
                    "{'source_labels':['none'],'regex':'','target_label':'t','replacement':'no$0'}",
                    "{'source_labels':['none'],'regex':'.+','target_label':'t','replacement':'n'}",
                    "{'source_labels':['a'],'regex':'(x.*)','target_label':'t_$1'}",
                    "{'source_labels':['b'],'regex':'([a-z]*)','target_label':'$1',"
                            + "'replacement':'v'}",
                    "{'source_labels':['a'],'regex':'(?i)X.*','target_label':'t'}",
                    "{'source_labels':['__name__'],'regex':'(m)(.*)','target_label':'__name__',"
                            + "'replacement':'n$2'}",
                    "{'target_label':'__name__','replacement':''}",
                    "{'target_label':'__tmp','replacement':'kept'}",
                    "{'action':'keep','source_labels':['a'],'regex':'x.*'}",
                    "{'action':'keep','source_labels':['a','b'],'regex':'xy;.*'}",
                    "{'action':'keep','source_labels':['none'],'regex':''}",
                    "{'action':'keep'}",
                    "{'action':'drop'}",
                    "{'action':'drop','source_labels':['a'],'regex':'x'}",
                    "{'action':'drop','source_labels':['none'],'regex':'.+'}",
                    "{'action':'keepequal','source_labels':['a'],'target_label':'b'}",
                    "{'action':'dropequal','source_labels':['a'],'target_label':'b'}",
                    "{'action':'keepequal','source_labels':['none'],'target_label':'neither'}",
                    "{'action':'dropequal','source_labels':['a','b'],'target_label':'c'}",
                    "{'action':'hashmod','source_labels':['a'],'target_label':'t','modulus':7}",
                    "{'action':'hashmod','source_labels':['a','b'],'separator':'','modulus':1000000,"
                        + "'target_label':'t'}",
                    "{'action':'hashmod','source_labels':['none'],'target_label':'t',"
                            + "'modulus':9223372036854775807}",
                    "{'action':'lowercase','source_labels':['c'],'target_label':'c'}",
                    "{'action':'uppercase','source_labels':['c','a'],'target_label':'t'}",
                    "{'action':'uppercase','source_labels':['none'],'target_label':'c'}",
                    "{'action':'labelmap','regex':'(.)','replacement':'copy_$1'}",
                    "{'action':'labelmap','regex':'a|b','replacement':'one'}",
                    "{'action':'labelmap','regex':'b','replacement':'a'}",
                    "{'action':'labelmap','regex':'(a)|b','replacement':'x$1'}",
                    "{'action':'labelmap'}",
                    "{'action':'labeldrop','regex':'a|c'}",
                    "{'action':'labeldrop','regex':'[^_].*'}",
                    "{'action':'labelkeep','regex':'__name__|b'}",
                    "{'action':'labelkeep','regex':'nothing'}",
                    "{'source_labels':['a'],'target_label':'t'},"
                            + "{'action':'labeldrop','regex':'a'},"
                            + "{'source_labels':['t','a'],'target_label':'u'}",
                    "{'target_label':'a'},{'target_label':'a','replacement':'again'},"
                            + "{'action':'keep','source_labels':['a'],'regex':'again'}",
                    "{'source_labels':['b'],'target_label':'a'},"
                            + "{'action':'keepequal','source_labels':['a'],'target_label':'b'}");

    /// What the second Prometheus did otherwise: names beyond letters, a dot and a newline, and the
    /// order in which labels that were written are copied.
    static final List<String> OF_PROMETHEUS_3 =
            quoted(
                    "{'source_labels':['a'],'target_label':'t.x-ä'}",
                    "{'source_labels':['a'],'regex':'(.+)','target_label':'$1','replacement':'v'}",
                    "{'source_labels':['c'],'regex':'(.)(.+)','target_label':'t'}",
                    "{'source_labels':['c'],'target_label':'t'}",
                    "{'target_label':'a','replacement':'late'},"
                            + "{'action':'labelmap','regex':'a|b','replacement':'one'}",
                    "{'target_label':'b','replacement':'first'},"
                            + "{'target_label':'a','replacement':'second'},"
                            + "{'action':'labelmap','regex':'a|b','replacement':'one'}");

    private static final List<String> NAMES = List.of("a", "b", "c", "t", "__name__", "x.y");
    private static final List<String> REGEXES =
            List.of(
                    "(.*)",
                    "x|y",
                    "(x)?(.*)",
                    "(?P<n>.)(.*)",
                    "[^x]*",
                    "",
                    "a|b",
                    "(a)|.*",
                    "(.+)");
    private static final List<String> TEXTS =
            List.of("$1", "$2", "${n}x", "$$", "t$1", "b", "${1}$2", "$1x", "$");

    /// Never empty: a Prometheus makes labels without a name of such, which nobody takes.
    private static final List<String> NAMES_FOR_COPIES = List.of("t$1", "b", "$$", "${1}y");

    private RuleCases() {}

    private static List<String> quoted(String... rules) {
        return Stream.of(rules).map(rule -> "[" + rule.replace('\'', '"') + "]").toList();
    }

    static List<Rule> rules(String json) {
        byte[] bytes = ("{\"rules\":" + json + "}").getBytes(StandardCharsets.UTF_8);
        return Fields.read(
                Json.parse(bytes, "rules"), Unknown.REFUSED, all -> all.list("rules", Rule::read));
    }

    /// Some more, by chance.
    static List<String> random(long seed, int size) {
        Random random = new Random(seed);
        return Stream.generate(() -> randomCase(random)).limit(size).toList();
    }

    private static String randomCase(Random random) {
        List<Json> rules = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            rules.add(Json.of(randomRule(random)));
        }
        return Json.toString(Json.of(rules));
    }

    private static Map<String, Json> randomRule(Random random) {
        Json sources =
                Json.of(Stream.of(any(random, NAMES), any(random, NAMES)).map(Json::of).toList());
        Json regex = Json.of(any(random, REGEXES));
        Json target = Json.of(any(random, NAMES));
        Json text = Json.of(any(random, TEXTS));
        return switch (random.nextInt(6)) {
            case 0 ->
                    Map.of(
                            "action",
                            Json.of("labelmap"),
                            "regex",
                            regex,
                            "replacement",
                            Json.of(any(random, NAMES_FOR_COPIES)));
            case 1 -> Map.of("action", Json.of("labeldrop"), "regex", regex);
            case 2 ->
                    Map.of(
                            "action",
                            Json.of("lowercase"),
                            "source_labels",
                            sources,
                            "target_label",
                            target);
            case 3 ->
                    Map.of(
                            "source_labels",
                            sources,
                            "regex",
                            regex,
                            "target_label",
                            Json.of("t$1"),
                            "replacement",
                            text);
            case 4 ->
                    Map.of(
                            "source_labels",
                            sources,
                            "separator",
                            Json.of(""),
                            "regex",
                            regex,
                            "target_label",
                            target);
            default ->
                    Map.of("source_labels", sources, "target_label", target, "replacement", text);
        };
    }

    /// Series to be relabelled, each different; some hold `lines`.
    static List<Labels> series(String lines) {
        List<String> values = List.of("", "x", "xy", "y", "Straße Äpfel", "日本", lines);
        return IntStream.range(0, values.size() * values.size())
                .mapToObj(
                        i ->
                                series(
                                        values.get(i % values.size()),
                                        values.get(i / values.size()),
                                        i))
                .toList();
    }

    private static Labels series(String a, String b, int i) {
        Map<String, String> labels = new TreeMap<>(Map.of("__name__", "m" + i));
        labels.put("a", a);
        labels.put("b", b);
        labels.put("c", i % 3 == 0 ? a + ";" + b : "Mixed" + b);
        labels.values().removeIf(String::isEmpty);
        return Labels.of(labels);
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
