package io.tsvault.core.replay;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// Brings windows into a target, each proven before the next is begun. For one thread.
public final class Replay implements AutoCloseable {
    private static final int MOST_PASSES = 4;
    private static final int MOST_TOLD = 10_000;

    /// A request whose answer was lost may still be carried out: servers work on one this long.
    private static final Duration LATE_ARRIVAL = Duration.ofSeconds(30);

    private final Target target;
    private final Standing standing;
    private final Surroundings around;
    private final Source readBack;
    private final Intake intake;
    private final Sameness sameness;
    private Instant lastSent = Instant.EPOCH;

    /// What a replay takes from the world around it, and tells it.
    ///
    /// @param pause between two tries
    /// @param differences is told what is not equal in the end, not more than 10,000 for a window
    /// @param refused is told what the target will never take
    public record Surroundings(
            Clock clock,
            Pause pause,
            Consumer<Difference> differences,
            Consumer<DeadLetter> refused) {}

    /// What is to be there.
    public interface Expected {
        /// The series, in label order; may be opened as often as need be.
        Reading open();
    }

    /// A stretch of time to be brought in; it lies in one window of chunks.
    ///
    /// @param selectors mean the series that are expected, and perhaps others
    public record Window(TimeRange range, List<Selector> selectors, Expected expected) {
        /// Copies the list.
        public Window {
            selectors = List.copyOf(selectors);
        }
    }

    /// What became of a window.
    ///
    /// @param expected samples that were to be there
    /// @param before of them were there before, and equal
    /// @param written are there now, and were not before
    /// @param conflicts have another value there
    /// @param missing are not there
    /// @param rounded are equal but for digits that the target does not keep
    /// @param between samples of the target between ours
    public record Outcome(
            long expected,
            long before,
            long written,
            long conflicts,
            long missing,
            long rounded,
            long between) {
        /// Nothing yet.
        public static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0, 0);

        /// Both together.
        public Outcome plus(Outcome other) {
            return new Outcome(
                    expected + other.expected,
                    before + other.before,
                    written + other.written,
                    conflicts + other.conflicts,
                    missing + other.missing,
                    rounded + other.rounded,
                    between + other.between);
        }

        /// Is everything there, and equal?
        public boolean isWhole() {
            return missing == 0 && conflicts == 0;
        }
    }

    /// Into `target`, which is what `standing` says.
    public Replay(Target target, Standing standing, Surroundings around) {
        this.target = target;
        this.standing = standing;
        this.around = around;
        this.readBack = target.readBack();
        this.intake = new Intake(readBack, target.readMode(), Intake.EVERYTHING);
        this.sameness = new Sameness(standing.digits(), true);
    }

    /// Compares, and changes nothing.
    public Outcome look(Window window) {
        Pass pass = looking(window);
        pass.tell(around.differences());
        return outcome(pass.result(), pass.result());
    }

    /// Brings one window in, and proves it.
    ///
    /// @param look is anything there? If it is known that nothing is, it need not be asked
    /// @throws Transient when the target does not answer: the window has to be done again
    public Outcome bring(Window window, boolean look) {
        return finish(window, begin(window, look));
    }

    /// Sends what a window lacks. It may be there now; only [#finish] proves it.
    public Pass begin(Window window, boolean look) {
        return sending(window, look);
    }

    /// Looks whether everything has arrived, and sends again what has not.
    ///
    /// @throws Transient when the target does not answer: the window has to be done again
    public Outcome finish(Window window, Pass first) {
        Pass last = first;
        List<DeadLetter> letters = first.letters();
        for (int passes = 1; last.isOpen() && passes < MOST_PASSES; passes++) {
            await(window, last);
            Pass next = sending(window, true);
            boolean idle = passes > 1 && next.result().missing() == last.result().missing();
            last = idle ? next.settled() : next;
            letters = next.letters(); // it has sent only what was still missing
        }
        if (!last.doubt().isEmpty()) {
            throw new Transient(
                    "the target did not say whether it took samples of %s: %s"
                            .formatted(window.range(), last.doubt()));
        }
        letters.forEach(around.refused());
        if (last.sent() > 0) { // of the last pass nothing is proven yet
            await(window, last);
            last = looking(window);
        }
        last.tell(around.differences());
        return outcome(first.result(), last.result());
    }

    /// Until what was sent is there, or is known never to come.
    private void await(Window window, Pass pass) {
        awaitFlush(pass);
        if (standing.keepsDuplicates()) {
            awaitStandstill(window);
        }
    }

    /// Where a sample that is sent twice stays twice, one that is late must not be taken for lost:
    /// nothing is sent again before two looks have seen the same.
    private void awaitStandstill(Window window) {
        long missing = looking(window).result().missing();
        long before = Long.MAX_VALUE;
        while (missing > 0 && missing < before) {
            around.pause().take(standing.flushWait());
            before = missing;
            missing = looking(window).result().missing();
        }
    }

    private void awaitFlush(Pass pass) {
        Duration settle = pass.doubt().isEmpty() ? Duration.ZERO : LATE_ARRIVAL;
        Duration flush = standing.flushWait();
        Duration needed = flush.compareTo(settle) > 0 ? flush : settle;
        Duration left = Duration.between(around.clock().instant(), lastSent.plus(needed));
        if (left.isPositive()) {
            around.pause().take(left);
        }
    }

    private static Outcome outcome(Comparison.Result first, Comparison.Result last) {
        long expected = last.equal() + last.missing() + last.changed();
        return new Outcome(
                expected,
                first.equal(),
                last.equal() - first.equal(),
                last.changed(),
                last.missing(),
                last.rounded(),
                last.extra());
    }

    /// What one comparison has found, and what was sent meanwhile.
    ///
    /// @param doubt why it is not known whether all that was sent has arrived
    public record Pass(
            Comparison.Result result,
            List<Difference> differences,
            List<DeadLetter> letters,
            long sent,
            String doubt) {
        /// Copies the lists.
        public Pass {
            differences = List.copyOf(differences);
            letters = List.copyOf(letters);
        }

        /// What was sent again was dropped again: nothing more will come of it.
        private Pass settled() {
            return new Pass(result, differences, letters, 0, doubt);
        }

        /// Has it to be looked at again?
        boolean isOpen() {
            return sent > 0 || !doubt.isEmpty();
        }

        void tell(Consumer<Difference> listener) {
            differences.forEach(listener);
        }
    }

    private Pass looking(Window window) {
        List<Difference> differences = new ArrayList<>();
        Findings findings = new Findings(keep(differences), _ -> {});
        return new Pass(compare(window, true, findings), differences, List.of(), 0, "");
    }

    private Pass sending(Window window, boolean look) {
        List<DeadLetter> letters = new ArrayList<>();
        try (Lane lane = new Lane(target, around.clock(), around.pause(), letters::add)) {
            Batches batches = new Batches(lane::send);
            List<Difference> differences = new ArrayList<>();
            Comparison.Result result =
                    compare(window, look, new Findings(keep(differences), batches::add));
            batches.flush();
            lane.finish();
            if (lane.sent() > 0 || !lane.doubt().isEmpty()) {
                lastSent = around.clock().instant();
            }
            return new Pass(result, differences, letters, lane.sent(), lane.doubt());
        }
    }

    private Comparison.Result compare(Window window, boolean look, Findings findings) {
        try (Reading expected = window.expected().open();
                Reading actual = look ? actual(window) : nothing()) {
            return Comparison.of(expected, actual, sameness, findings);
        }
    }

    private Reading actual(Window window) {
        return intake.read(window.selectors(), window.range());
    }

    private static Reading nothing() {
        return Reading.of(Collections.emptyIterator());
    }

    private static Consumer<Difference> keep(List<Difference> differences) {
        return difference -> {
            boolean foreign = difference.kind() == Kind.EXTRA; // counted, and not listed
            if (!foreign && differences.size() < MOST_TOLD) {
                differences.add(difference);
            }
        };
    }

    @Override
    public void close() {
        readBack.close();
    }
}
