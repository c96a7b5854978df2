package io.tsvault.core.relabel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tsvault.core.series.Labels;

import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Rules and labels by chance, of few words, so that they meet.
final class AnyRules {
    private static final List<String> NAMES = List.of("a", "b", "ab", "__name__", "ä", "x.y");
    private static final List<String> REGEXES =
            List.of("(.*)", "a", "a|b", "(a)(.*)", "(?P<n>.)(.*)", "[^a]*", "", "(x)?(.*)", ".");
    private static final List<String> TEXTS =
            List.of("$1", "$2", "${n}x", "$$", "a$1", "b", "$", "${1}$2", "$1x");

    private AnyRules() {}

    static List<Rule> some(Random random) {
        return Stream.generate(() -> one(random)).limit(1 + random.nextInt(4)).toList();
    }

    static Rule one(Random random) {
        Action action = any(random, List.of(Action.values()));
        List<String> sources =
                action.picksNames()
                        ? List.of()
                        : Stream.generate(() -> any(random, NAMES))
                                .limit(random.nextInt(3))
                                .toList();
        boolean free = !action.picksNames() && !action.compares();
        return new Rule(
                action,
                sources,
                free ? any(random, List.of(";", "", "a")) : ";",
                action.compares() ? "(.*)" : any(random, REGEXES),
                action == Action.HASHMOD ? 1 + random.nextInt(5) : 0,
                target(action, random),
                free && !action.changesCase() ? any(random, TEXTS) : "$1");
    }

    private static String target(Action action, Random random) {
        if (action == Action.REPLACE) {
            return any(random, random.nextBoolean() ? NAMES : TEXTS);
        }
        return action.needsTarget() ? any(random, NAMES) : "";
    }

    static Labels labels(Random random) {
        SortedMap<String, byte[]> labels = new TreeMap<>();
        labels.put("a", "a".getBytes(UTF_8));
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                labels.put(name, value(random));
            }
        }
        return Labels.ofBytes(
                labels.entrySet().stream()
                        .flatMap(e -> Stream.of(e.getKey().getBytes(UTF_8), e.getValue()))
                        .toArray(byte[][]::new));
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[1 + random.nextInt(3)];
        random.nextBytes(value);
        return random.nextInt(4) == 0 ? value : any(random, NAMES).getBytes(UTF_8);
    }

    private static <T> T any(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
