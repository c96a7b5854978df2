package io.tsvault.core.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.series.Labels;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class MergingTest {
    private static final Relabelling WITHOUT_REPLICA =
            Relabelling.of(
                    List.of(RelabellingTest.rule("{'action':'labeldrop','regex':'replica'}")));

    private static Labels series(int i, String replica) {
        return Labels.of("__name__", "up", "i", String.valueOf(i), "replica", replica);
    }

    @Test
    void seriesThatBecomeOneAreNamed() {
        Supplier<Stream<Labels>> all =
                () -> Stream.of(series(1, "b"), series(2, "a"), series(1, "a"), series(1, "b"));
        assertThat(Merging.find(all, WITHOUT_REPLICA, 10))
                .singleElement()
                .hasToString(
                        "up{i=\"1\", replica=\"a\"} and up{i=\"1\", replica=\"b\"} become"
                                + " up{i=\"1\"}");
    }

    @Test
    void aSeriesThatIsSeenOftenIsOne() {
        Supplier<Stream<Labels>> all = () -> Stream.generate(() -> series(1, "a")).limit(100);
        assertThat(Merging.find(all, WITHOUT_REPLICA, 10)).isEmpty();
    }

    @Test
    void whatIsDroppedMeetsNobody() {
        Relabelling none =
                Relabelling.of(List.of(RelabellingTest.rule("{'action':'drop','regex':'.*'}")));
        assertThat(Merging.find(() -> Stream.of(series(1, "a"), series(1, "b")), none, 10))
                .isEmpty();
    }

    @Test
    void aFewOfManyAreTold() {
        Supplier<Stream<Labels>> all =
                () -> IntStream.range(0, 100_000).mapToObj(i -> series(i % 10, "r" + i));
        List<Merging> found = Merging.find(all, WITHOUT_REPLICA, 3);
        assertThat(found).hasSize(3);
        assertThat(found).allSatisfy(one -> assertThat(one.from()).hasSize(Merging.SHOWN));
    }

    /// Tables of all sizes, and so of all numbers of walks, find the same as a map.
    @Test
    void inLittleMemoryItFindsTheSame() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Labels> all = new ArrayList<>();
            int different = 1 + random.nextInt(500);
            for (int i = random.nextInt(400); i > 0; i--) {
                all.add(series(random.nextInt(different), random.nextInt(50) == 0 ? "b" : "a"));
            }
            int slots = 1 << (2 + random.nextInt(9));
            assertThat(Merging.find(all::stream, WITHOUT_REPLICA, 1_000, slots))
                    .as("seed %d", seed)
                    .isEqualTo(expected(all));
        }
    }

    private static List<Merging> expected(List<Labels> all) {
        Map<Labels, Set<Labels>> groups = new TreeMap<>();
        for (Labels labels : all) {
            groups.computeIfAbsent(
                            WITHOUT_REPLICA.apply(labels).orElseThrow(), _ -> new TreeSet<>())
                    .add(labels);
        }
        return groups.entrySet().stream()
                .filter(group -> group.getValue().size() > 1)
                .map(group -> new Merging(group.getKey(), List.copyOf(group.getValue())))
                .toList();
    }

    @Test
    @Tag("slow")
    void twoOfAMillionAreFound() {
        Supplier<Stream<Labels>> all =
                () ->
                        Stream.concat(
                                IntStream.range(0, 1_000_000).mapToObj(i -> series(i, "a")),
                                Stream.of(series(777_777, "b")));
        assertThat(Merging.find(all, WITHOUT_REPLICA, 10, 1 << 18))
                .singleElement()
                .satisfies(one -> assertThat(one.into().get("i")).contains("777777"));
    }
}
