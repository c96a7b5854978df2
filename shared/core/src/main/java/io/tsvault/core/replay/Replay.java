package io.tsvault.core.replay;

import io.tsvault.core.compare.Comparison;
import io.tsvault.core.compare.Comparison.Findings;
import io.tsvault.core.compare.Conflict;
import io.tsvault.core.compare.Difference;
import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.compare.Sameness;
import io.tsvault.core.failure.Transient;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.Series;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.source.Intake;
import io.tsvault.core.source.Reading;
import io.tsvault.core.source.Source;
import io.tsvault.core.store.Pause;
import io.tsvault.core.target.Outcome.Refused;
import io.tsvault.core.target.Standing;
import io.tsvault.core.target.Target;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Brings windows into a target, each proven before the next is begun. Where the target cannot be
/// read, everything is sent at least once, and nothing is proven. For one thread.
public final class Replay implements AutoCloseable {
    private static final int MOST_PASSES = 4;

    /// A request whose answer was lost may still be carried out: servers work on one this long.
    private static final Duration LATE_ARRIVAL = Duration.ofSeconds(30);

    private final Target target;
    private final Standing standing;
    private final Surroundings around;
    private final Source readBack;
    private final Optional<Intake> intake;
    private final Sameness sameness;
    private Instant lastSent = Instant.EPOCH;

    /// What a replay takes from the world around it, and tells it.
    ///
    /// @param pause between two tries
    public record Surroundings(Clock clock, Pause pause, Witness witness) {}

    /// Who is told what is not as it should be in the end.
    ///
    /// @param differences what is missing, or has another value
    /// @param conflicts each sample that has another value
    /// @param refused what the target will never take, when it is first refused
    public record Witness(
            Consumer<Difference> differences,
            Consumer<Conflict> conflicts,
            Consumer<DeadLetter> refused) {
        /// Nobody is.
        public static final Witness NOBODY = new Witness(_ -> {}, _ -> {}, _ -> {});
    }

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
    /// @param replaced had another value there, and have ours now; they count as written
    /// @param unkept of the backup, beside those expected: values that the target does not keep
    /// @param doubled came to be there twice meanwhile, for another has written them too
    public record Outcome(
            long expected,
            long before,
            long written,
            long conflicts,
            long missing,
            long rounded,
            long between,
            long replaced,
            long unkept,
            long doubled) {
        /// Nothing yet.
        public static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0, 0);

        /// Nothing was replaced, and the target keeps every value.
        public Outcome(
                long expected,
                long before,
                long written,
                long conflicts,
                long missing,
                long rounded,
                long between) {
            this(expected, before, written, conflicts, missing, rounded, between, 0, 0, 0);
        }

        /// Both together.
        public Outcome plus(Outcome other) {
            return new Outcome(
                    expected + other.expected,
                    before + other.before,
                    written + other.written,
                    conflicts + other.conflicts,
                    missing + other.missing,
                    rounded + other.rounded,
                    between + other.between,
                    replaced + other.replaced,
                    unkept + other.unkept,
                    doubled + other.doubled);
        }

        /// Is everything there, and equal?
        public boolean isWhole() {
            return missing == 0 && conflicts == 0 && doubled == 0;
        }
    }

    /// Into `target`, which is what `standing` says.
    public Replay(Target target, Standing standing, Surroundings around) {
        this.target = target;
        this.standing = standing;
        this.around = around;
        this.readBack = target.readBack();
        this.intake = target.readMode().map(mode -> new Intake(readBack, mode, Intake.EVERYTHING));
        this.sameness = new Sameness(standing.digits(), true);
    }

    /// After this time, what another has asked for is done and safe, or will never be.
    /// Where samples are kept once, one that comes late does no harm; a delete does.
    ///
    /// @param deletes may it have asked for a delete?
    public static Duration settling(Standing standing, boolean deletes) {
        Duration flush = standing.flushWait();
        boolean harms = standing.keepsDuplicates() || deletes;
        return harms && flush.compareTo(LATE_ARRIVAL) < 0 ? LATE_ARRIVAL : flush;
    }

    /// Can be proven what it does?
    public boolean proves() {
        return intake.isPresent();
    }

    /// Compares, and changes nothing.
    public Outcome look(Window window, Consumer<Difference> differences) {
        Comparison.Result result = compare(window, true, new Findings(differences, _ -> {}));
        return outcome(result, result);
    }

    /// Compares, tells what is not as it should be, and changes nothing.
    public Outcome tell(Window window) {
        Comparison.Result result = told(window, Optional.empty());
        return outcome(result, result);
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
        return sending(window, look, around.witness().refused());
    }

    /// Looks whether everything has arrived, and sends again what has not.
    ///
    /// @throws Transient when the target does not answer: the window has to be done again
    public Outcome finish(Window window, Pass first) {
        return proves() ? proven(window, first) : unproven(window, first);
    }

    private Outcome proven(Window window, Pass first) {
        Pass last = first;
        boolean idle = false;
        for (int passes = 1; last.isOpen() && !idle && passes < MOST_PASSES; passes++) {
            await(window, last);
            Pass next = again(window, last);
            idle = passes > 1 && next.isAsFutileAs(last);
            last = next;
        }
        requireAnswered(window, last);
        Comparison.Result result = last.result();
        if (last.sent() > 0) { // of the last pass nothing is proven yet
            await(window, last);
            result = compare(window, true, Findings.NONE);
        }
        return outcome(first.result(), result.isComplete() ? result : told(window, last.blame()));
    }

    private Pass again(Window window, Pass before) {
        return sending(window, true, before.lettered() > 0 ? _ -> {} : around.witness().refused());
    }

    /// What is sent, and not refused, is taken for written.
    private Outcome unproven(Window window, Pass first) {
        Pass last = first;
        for (int passes = 1; !last.doubt().isEmpty() && passes < MOST_PASSES; passes++) {
            awaitFlush(last);
            last = again(window, last);
        }
        requireAnswered(window, last);
        long expected = last.result().missing();
        long lettered = last.lettered();
        long unkept = last.result().unkept();
        return new Outcome(expected, 0, expected - lettered, 0, lettered, 0, 0, 0, unkept, 0);
    }

    private static void requireAnswered(Window window, Pass last) {
        if (!last.doubt().isEmpty()) {
            throw new Transient(
                    "the target did not say whether it took samples of %s: %s"
                            .formatted(window.range(), last.doubt()));
        }
    }

    /// Nearly always all is well; where it is not, one more look tells what, without holding it.
    private Comparison.Result told(Window window, Optional<Refused> blame) {
        Consumer<Difference> ours =
                difference -> {
                    boolean isOurs =
                            difference.kind() == Kind.MISSING || difference.kind() == Kind.CHANGED;
                    if (isOurs) { // what else there is, is counted and not listed
                        around.witness().differences().accept(difference);
                    }
                };
        return compare(
                window, true, new Findings(ours, lacking(blame), around.witness().conflicts()));
    }

    /// A target that keeps the rest of what it refuses does not say what it refuses: it is what
    /// lacks in the end.
    private Consumer<Series> lacking(Optional<Refused> blame) {
        return series ->
                blame.ifPresent(
                        refused ->
                                around.witness()
                                        .refused()
                                        .accept(
                                                new DeadLetter(
                                                        series,
                                                        refused.reason(),
                                                        refused.message())));
    }

    /// Until what was sent is there and safe, or is known never to come.
    private void await(Window window, Pass pass) {
        awaitFlush(pass);
        if (standing.keepsDuplicates()) {
            awaitStandstill(window);
        }
    }

    /// Where a sample that is sent twice stays twice, one that is late must not be taken for lost:
    /// nothing is sent again before two looks have seen the same.
    private void awaitStandstill(Window window) {
        long missing = missing(window);
        long before = Long.MAX_VALUE;
        while (missing > 0 && missing < before) {
            around.pause().take(standing.flushWait());
            before = missing;
            missing = missing(window);
        }
    }

    private long missing(Window window) {
        return compare(window, true, Findings.NONE).missing();
    }

    private void awaitFlush(Pass pass) {
        Duration settle = pass.doubt().isEmpty() ? Duration.ZERO : LATE_ARRIVAL;
        Duration needed = settle.plus(standing.flushWait());
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
                last.extra(),
                0,
                last.unkept(),
                Math.max(0, last.doubled() - first.doubled()));
    }

    /// What one comparison has found, and what was sent meanwhile.
    ///
    /// @param lettered samples that were refused for good
    /// @param doubt why it is not known whether all that was sent has arrived
    /// @param blame why some were refused, of which nobody knows yet which
    public record Pass(
            Comparison.Result result,
            long lettered,
            long sent,
            String doubt,
            Optional<Refused> blame) {
        /// What was sent before was dropped: sending it once more will not help either.
        private boolean isAsFutileAs(Pass before) {
            boolean isSure = doubt.isEmpty() && before.doubt.isEmpty();
            return isSure && result.missing() == before.result.missing();
        }

        /// Has it to be looked at again?
        boolean isOpen() {
            return sent > 0 || !doubt.isEmpty();
        }
    }

    private Pass sending(Window window, boolean look, Consumer<DeadLetter> refused) {
        LongAdder lettered = new LongAdder();
        Consumer<DeadLetter> letters =
                letter -> {
                    lettered.add(letter.samples().size());
                    refused.accept(letter);
                };
        try (Lane lane = new Lane(target, around.clock(), around.pause(), letters)) {
            Batches batches = new Batches(lane::send);
            Comparison.Result result = compare(window, look, new Findings(_ -> {}, batches::add));
            batches.flush();
            lane.finish();
            if (lane.sent() > 0 || !lane.doubt().isEmpty()) {
                lastSent = around.clock().instant();
            }
            return new Pass(result, lettered.sum(), lane.sent(), lane.doubt(), lane.blame());
        }
    }

    Comparison.Result compare(Window window, boolean look, Findings findings) {
        try (Reading expected = window.expected().open();
                Reading actual = look ? read(window.selectors(), window.range()) : nothing()) {
            Comparison.Result result = Comparison.of(expected, actual, sameness, findings);
            return standing.keepsDuplicates()
                    ? result.withDoubled(actual.observed().duplicates())
                    : result;
        }
    }

    /// What the target has; nothing where it cannot be read.
    Reading read(List<Selector> selectors, TimeRange range) {
        return intake.map(from -> from.read(selectors, range)).orElseGet(Replay::nothing);
    }

    private static Reading nothing() {
        return Reading.of(Collections.emptyIterator());
    }

    @Override
    public void close() {
        readBack.close();
    }
}
