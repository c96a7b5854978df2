package io.tsvault.core.vault.sim;

import io.tsvault.core.chunk.ChunkReader;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamLog;
import io.tsvault.core.vault.StreamState.Revision;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;
import io.tsvault.core.vault.record.ChunkRef;
import io.tsvault.core.vault.sim.Chronicle.Sample;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds what a vault has kept of a [Chronicle] against what the server had.
final class Kept {
    private record Place(Labels labels, long ms) {}

    private final Chronicle chronicle;
    private final Instant now;
    private final StreamLog log;

    private Kept(World world) {
        this.chronicle = Chronicle.of(world.plan());
        this.now = world.now();
        this.log = new Actor(world, "auditor", _ -> {}).log();
    }

    /// Asserts what holds when all exporters are done.
    static void audit(World world) {
        Kept kept = new Kept(world);
        for (int number = 0; number < Chronicle.SLICES; number++) {
            kept.requireSlice(number);
        }
    }

    private void requireSlice(int number) {
        Optional<Settled> settled = settled(Chronicle.slice(number));
        Rule.DONE.require(settled.isPresent(), "slice " + number);
        switch (settled.map(Settled::status).orElseThrow()) {
            case GAP ->
                    Rule.NOTHING_THERE.require(
                            !chronicle.hasAnything(number, now), "a GAP is slice " + number);
            case EMPTY -> requireKept(number, settled.get());
            case COMMITTED, PARTIAL -> {
                requireKept(number, settled.get());
                requireWhole(number, settled.get());
            }
            case EXPIRED -> {}
        }
    }

    /// By a record of its own, or by a gap of several.
    private Optional<Settled> settled(TimeRange slice) {
        return log.state().slices().stream()
                .filter(one -> one.slice().startMs() <= slice.startMs())
                .filter(one -> one.slice().endMs() >= slice.endMs())
                .findFirst();
    }

    /// What the server still has is kept, also what came late; but not what came late between the
    /// reading and a record that was itself made too late for another reading.
    private void requireKept(int number, Settled settled) {
        Map<Place, Long> kept = samples(settled.slice(), settled.revisions().getLast());
        long lateMs = settled.slice().endMs() + Chronicle.REREAD.toMillis();
        boolean isReread =
                settled.revisions().getFirst().writtenMs() < lateMs
                        && !chronicle.isForgotten(settled.slice().startMs(), now);
        for (Sample sample : of(number)) {
            boolean had = isReread ? sample.comesMs() <= lateMs : !sample.late();
            if (had && !chronicle.isForgotten(sample.ms(), now)) {
                Rule.KEPT.require(isIn(kept, sample), "no " + sample);
            }
        }
    }

    /// What was recorded as whole has all that had come until then. Not so the first slice: what
    /// the server forgot of it is before all history.
    private void requireWhole(int number, Settled settled) {
        Map<Place, Long> first = samples(settled.slice(), settled.revisions().getFirst());
        if (settled.status() == Status.COMMITTED && number > 0) {
            of(number).stream()
                    .filter(sample -> !sample.late())
                    .forEach(sample -> Rule.ALL_OF_IT.require(isIn(first, sample), "no " + sample));
        }
    }

    private List<Sample> of(int number) {
        return chronicle.ours().stream().filter(sample -> sample.slice() == number).toList();
    }

    private static boolean isIn(Map<Place, Long> kept, Sample sample) {
        Long bits = kept.get(new Place(sample.labels(), sample.ms()));
        return bits != null && bits == sample.bits();
    }

    private Map<Place, Long> samples(TimeRange slice, Revision revision) {
        Map<Place, Long> samples = new HashMap<>();
        for (ChunkRef chunk : revision.chunks()) {
            try (ChunkReader reader = ChunkReader.open(log.open(slice, chunk))) {
                reader.series(Selector.of(List.of()), TimeRange.ALL)
                        .forEach(series -> put(series, revision, samples));
            }
        }
        return samples;
    }

    private void put(Series series, Revision revision, Map<Place, Long> into) {
        for (int i = 0; i < series.samples().size(); i++) {
            Place place = new Place(series.labels(), series.samples().timestampMs(i));
            long bits = series.samples().valueBits(i);
            Rule.KEPT.require(into.put(place, bits) == null, place + " is kept twice");
            boolean had =
                    chronicle.ours().stream()
                            .filter(sample -> sample.comesMs() <= revision.writtenMs())
                            .anyMatch(sample -> isIn(Map.of(place, bits), sample));
            Rule.KEPT.require(had, place + " was never there");
        }
    }
}
