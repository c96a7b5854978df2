package io.tsvault.core.vault;

import io.tsvault.core.failure.Permanent;
import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Report;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Holds what is stored for a stream against its log, or against as much of it as can be read.
final class StreamCheck {
    private final Vault vault;
    private final StreamLog log;
    private final StreamObjects objects;
    private final Written written;
    private final ChunkCheck chunks;
    private final List<Problem> problems = new ArrayList<>();

    /// @param share of the chunks that are read
    StreamCheck(Vault vault, StreamLog log, double share) {
        this.vault = vault;
        this.log = log;
        this.objects = log.objects();
        this.written = new Written(vault, log.log());
        this.chunks = new ChunkCheck(vault, log.log(), share);
    }

    Report check(Optional<Problem> broken) {
        return broken.map(this::inPart).orElseGet(this::whole);
    }

    /// Links among them are told as problems.
    private List<String> foreign() {
        List<String> foreign = listed(objects::foreign, List::of);
        problems.addAll(Strangers.links(vault, foreign));
        return foreign;
    }

    private Report whole() {
        problems.addAll(written.records());
        problems.addAll(written.pages());
        Map<String, ChunkRef> named = log.state().liveChunks();
        List<StoredObject> there = listed(objects::list, () -> asNamed(named));
        ChunkCheck.Result found = chunks.check(named, there);
        problems.addAll(stillNamed(found.problems()));
        List<StoredObject> orphans =
                Missing.unsought(
                        there.stream().filter(object -> !objects.isNamed(object.key())).toList(),
                        problems);
        List<StoredObject> unsettled = objects.unsettled(orphans);
        Optional<Problem> lostEnd = objects.lostEnd(there).or(() -> objects.unfinished(there));
        lostEnd.filter(this::isOfThis).ifPresent(problems::add);
        List<String> foreign = foreign();
        return new Report(
                log.name(),
                Optional.of(log.head()),
                found.chunks(),
                found.read(),
                0,
                found.samples(),
                lostEnd.isPresent() ? List.of() : orphans, // nobody is to take them for garbage
                unsettled.size(),
                objects.slices(unsettled),
                foreign,
                problems.stream().distinct().toList());
    }

    /// What was let go of meanwhile is no damage.
    private List<Problem> stillNamed(List<Problem> found) {
        if (found.isEmpty()) {
            return found;
        }
        log.refresh();
        return found.stream()
                .filter(problem -> isRecord(problem.key()) || objects.isNamed(problem.key()))
                .toList();
    }

    /// A mark that cannot be read is of no stream.
    private boolean isOfThis(Problem problem) {
        return problem.key().startsWith(log.name().path() + "/");
    }

    private boolean isRecord(String key) {
        return ObjectKey.seq(log.name(), key).isPresent();
    }

    /// What is known up to the break, and what can be held against itself beyond it. Nothing is an
    /// orphan: a record that cannot be read may name it.
    private Report inPart(Problem broken) {
        Fragments fragments =
                listed(() -> new Fragments(vault, log.log(), broken), () -> nothing(broken));
        problems.addAll(written.records());
        problems.addAll(fragments.problems());
        Map<String, ChunkRef> named = fragments.named();
        List<StoredObject> there = listed(objects::list, () -> asNamed(named));
        problems.addAll(written.pages(there));
        ChunkCheck.Result found = chunks.check(named, there);
        found.problems().stream().map(StreamCheck::perhapsLetGo).forEach(problems::add);
        ChunkCheck.Result alone =
                chunks.alone(
                        there.stream()
                                .filter(object -> !named.containsKey(object.key()))
                                .flatMap(
                                        object ->
                                                ObjectKey.chunk(log.name(), object.key()).stream())
                                .toList());
        problems.addAll(alone.problems());
        List<String> foreign = foreign();
        return new Report(
                log.name(),
                Optional.empty(),
                found.chunks(),
                found.read(),
                alone.chunks(),
                found.samples(),
                List.of(),
                0,
                0,
                foreign,
                problems.stream().distinct().toList());
    }

    private Fragments nothing(Problem broken) {
        return new Fragments(vault, log.log(), broken, List.of());
    }

    private static Problem perhapsLetGo(Problem problem) {
        return problem.what().equals(VaultCheck.MISSING)
                ? new Problem(
                        problem.key(),
                        VaultCheck.MISSING + ", unless a record that cannot be read let go of it",
                        problem.remedy())
                : problem;
    }

    /// One link or folder where a file belongs, and nothing can be listed: that hides nothing else.
    private <T> T listed(Supplier<T> look, Supplier<T> instead) {
        try {
            return look.get();
        } catch (Permanent e) {
            String folder = log.name().path() + "/";
            problems.add(new Problem(folder, "it cannot be listed: " + e.getMessage()));
            return instead.get();
        }
    }

    /// Whether it is there is seen when it is read.
    private static List<StoredObject> asNamed(Map<String, ChunkRef> named) {
        return named.entrySet().stream()
                .map(
                        chunk ->
                                new StoredObject(
                                        chunk.getKey(),
                                        chunk.getValue().summary().bytes(),
                                        Instant.EPOCH))
                .toList();
    }
}
