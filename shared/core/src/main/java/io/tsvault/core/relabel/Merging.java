package io.tsvault.core.relabel;

import io.tsvault.core.series.Labels;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Series that relabelling makes one: their samples would be mixed.
///
/// They are looked for by hashes, in memory that does not grow without end: 48 MiB hold 3 million
/// series (twice as much while it makes room), and 10 million are looked at in four walks. Whether
/// those that seem to become one do so is seen in a last walk, by their names. That two who do are
/// not noticed is less likely than one in 4 billion.
///
/// @param into what they become
/// @param from what they were, sorted; [#SHOWN] of them if they are more
public record Merging(Labels into, List<Labels> from) {
    /// How many series are named.
    public static final int SHOWN = 5;

    private static final int MOST_SLOTS = 1 << 22;
    private static final int CANDIDATES = 16;

    public Merging {
        from = List.copyOf(from);
    }

    /// Looks for them.
    ///
    /// @param series all series, in any order, each as often as it likes; asked for several times
    /// @param most how many mergings are told; there may be more
    /// @return sorted by what they become; empty when all series stay apart
    public static List<Merging> find(
            Supplier<Stream<Labels>> series, Relabelling relabelling, int most) {
        return find(series, relabelling, most, MOST_SLOTS);
    }

    static List<Merging> find(
            Supplier<Stream<Labels>> series, Relabelling relabelling, int most, int mostSlots) {
        Set<Long> suspects = new HashSet<>();
        Optional<Share> share = Optional.of(Share.ALL);
        int enough = Math.max(most, CANDIDATES);
        while (share.isPresent() && suspects.size() < enough) {
            Pairs pairs = new Pairs(mostSlots, share.get());
            try (Stream<Labels> all = series.get()) {
                all.takeWhile(_ -> suspects.size() < enough)
                        .forEach(labels -> suspect(labels, relabelling, pairs, suspects));
            }
            share = pairs.share().next();
        }
        return suspects.isEmpty() ? List.of() : named(series, relabelling, suspects, most);
    }

    private static void suspect(
            Labels labels, Relabelling relabelling, Pairs pairs, Set<Long> suspects) {
        relabelling
                .apply(labels)
                .map(Merging::hash)
                .filter(hash -> pairs.meets(hash, (int) (hash(labels) >>> Integer.SIZE)))
                .ifPresent(suspects::add);
    }

    private static List<Merging> named(
            Supplier<Stream<Labels>> series,
            Relabelling relabelling,
            Set<Long> suspects,
            int most) {
        SortedMap<Labels, SortedSet<Labels>> found = new TreeMap<>();
        try (Stream<Labels> all = series.get()) {
            all.forEach(
                    labels ->
                            relabelling
                                    .apply(labels)
                                    .filter(into -> suspects.contains(hash(into)))
                                    .ifPresent(into -> name(found, into, labels)));
        }
        return found.entrySet().stream()
                .filter(one -> one.getValue().size() > 1)
                .map(one -> new Merging(one.getKey(), List.copyOf(one.getValue())))
                .limit(most)
                .toList();
    }

    private static void name(SortedMap<Labels, SortedSet<Labels>> found, Labels into, Labels from) {
        SortedSet<Labels> names = found.computeIfAbsent(into, _ -> new TreeSet<>());
        names.add(from);
        if (names.size() > SHOWN) {
            names.removeLast();
        }
    }

    /// FNV-1a, stirred once more for the sake of its first and last bits.
    private static long hash(Labels labels) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : labels.bytes()) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        return hash ^ (hash >>> 29);
    }

    /// For people: `up{a="1"} and up{a="2"} become up`.
    @Override
    public String toString() {
        return String.join(" and ", from.stream().map(Labels::toString).toList())
                + " become "
                + into;
    }
}
