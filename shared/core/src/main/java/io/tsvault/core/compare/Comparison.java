package io.tsvault.core.compare;

import io.tsvault.core.compare.Difference.Kind;
import io.tsvault.core.compare.Points.Point;
import io.tsvault.core.compare.Sameness.Likeness;
import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Series;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;

/// Holds series against the series that they should be. For one thread, once.
public final class Comparison {
    /// What came of it.
    ///
    /// @param equal samples that are as expected
    /// @param rounded those of them that differ behind the digits that count
    /// @param missing samples expected, and not there
    /// @param extra samples there, and not expected, of series that are expected
    /// @param foreign samples of series that are not expected at all
    /// @param changed samples with another value
    /// @param unkept samples expected whose values the other side does not keep; they are none of
    ///     the others
    /// @param doubled samples that the other side has more than once, with the same value
    public record Result(
            long equal,
            long rounded,
            long missing,
            long extra,
            long foreign,
            long changed,
            long unkept,
            long doubled) {
        /// Is everything there that was expected? There may be more.
        public boolean isComplete() {
            return missing == 0 && changed == 0;
        }

        /// Is it the same, no more and no less?
        public boolean isSame() {
            return isComplete() && extra + foreign == 0;
        }

        /// Both together.
        public Result plus(Result other) {
            return new Result(
                    equal + other.equal,
                    rounded + other.rounded,
                    missing + other.missing,
                    extra + other.extra,
                    foreign + other.foreign,
                    changed + other.changed,
                    unkept + other.unkept,
                    doubled + other.doubled);
        }

        /// The same, where so many of the other side came more than once.
        public Result withDoubled(long samples) {
            return new Result(equal, rounded, missing, extra, foreign, changed, unkept, samples);
        }

        /// Nothing compared.
        public static final Result NONE = new Result(0, 0, 0, 0, 0, 0, 0, 0);
    }

    private final Points expected;
    private final Points actual;
    private final Sameness sameness;
    private final Neighbours differences;
    private final Consumer<Conflict> conflicts;
    private final Gathering lacking;

    private long equal;
    private long rounded;
    private long missing;
    private long extra;
    private long foreign;
    private long changed;

    private Comparison(Points expected, Points actual, Sameness sameness, Findings findings) {
        this.expected = expected;
        this.actual = actual;
        this.sameness = sameness;
        this.differences = new Neighbours(findings.differences());
        this.conflicts = findings.conflicts();
        this.lacking = new Gathering(findings.lacking());
    }

    /// Who is told what.
    ///
    /// @param differences each of them, in order
    /// @param lacking the samples that were expected and are not there, as series; one may come in
    ///     several parts
    /// @param conflicts each sample that has another value
    public record Findings(
            Consumer<Difference> differences,
            Consumer<Series> lacking,
            Consumer<Conflict> conflicts) {
        /// Nobody asks for each conflict.
        public Findings(Consumer<Difference> differences, Consumer<Series> lacking) {
            this(differences, lacking, _ -> {});
        }

        /// Nobody is told.
        public static final Findings NONE = new Findings(_ -> {}, _ -> {});
    }

    /// Compares two rows of series, both in label order; each may come in parts.
    ///
    public static Result of(
            Iterator<Series> expected,
            Iterator<Series> actual,
            Sameness sameness,
            Findings findings) {
        return new Comparison(
                        new Points(expected, sameness),
                        new Points(actual, sameness),
                        sameness,
                        findings)
                .run();
    }

    private Result run() {
        while (expected.part() != null || actual.part() != null) {
            int order = order();
            if (order == 0) {
                series(Objects.requireNonNull(expected.part()).labels());
            } else if (order < 0) {
                all(expected, Kind.MISSING);
            } else {
                all(actual, Kind.FOREIGN);
            }
            differences.end();
            lacking.flush();
        }
        return new Result(equal, rounded, missing, extra, foreign, changed, expected.unkept(), 0);
    }

    private int order() {
        Series ours = expected.part();
        Series theirs = actual.part();
        if (ours == null) {
            return 1;
        }
        return theirs == null ? -1 : ours.labels().compareTo(theirs.labels());
    }

    /// The rest of a series that only one side has, most often in whole parts.
    private void all(Points points, Kind kind) {
        Labels labels = Objects.requireNonNull(points.part()).labels();
        while (points.isOf(labels)) {
            if (points.isWhole()) {
                part(points, kind);
            } else {
                one(points, kind, labels);
            }
        }
    }

    private void part(Points points, Kind kind) {
        Series part = Objects.requireNonNull(points.part());
        found(kind, part.labels(), points.peek(), points.lastMs(), part.size());
        if (kind == Kind.MISSING) {
            lacking.add(part);
        }
        points.skipPart();
    }

    private void one(Points points, Kind kind, Labels labels) {
        Point point = points.next();
        found(kind, labels, point, point.timestampMs(), 1);
        if (kind == Kind.MISSING) {
            lacking.add(labels, point);
        }
    }

    private void series(Labels labels) {
        while (expected.isOf(labels) && actual.isOf(labels)) {
            if (!skipEqualParts()) {
                point(labels);
            }
        }
        if (expected.isOf(labels)) {
            all(expected, Kind.MISSING);
        }
        if (actual.isOf(labels)) {
            all(actual, Kind.EXTRA);
        }
    }

    /// Nearly always all is well, and whole arrays are compared at once.
    private boolean skipEqualParts() {
        Series ours = Objects.requireNonNull(expected.part());
        Series theirs = Objects.requireNonNull(actual.part());
        boolean same =
                expected.isWhole()
                        && actual.isAtFront()
                        && ours.samples().equals(theirs.samples())
                        && ours.histograms().equals(theirs.histograms());
        if (same) {
            differences.end();
            equal += ours.size();
            expected.skipPart();
            actual.skipPart();
        }
        return same;
    }

    private void point(Labels labels) {
        Point ours = expected.peek();
        Point theirs = actual.peek();
        if (ours.timestampMs() < theirs.timestampMs()) {
            one(expected, Kind.MISSING, labels);
        } else if (ours.timestampMs() > theirs.timestampMs()) {
            one(actual, Kind.EXTRA, labels);
        } else {
            both(labels, expected.next(), actual.next());
        }
    }

    private void both(Labels labels, Point ours, Point theirs) {
        switch (likeness(ours, theirs)) {
            case EQUAL -> {
                equal++;
                differences.end();
            }
            case ROUNDED -> {
                equal++;
                rounded++;
                differences.end();
            }
            case DIFFERENT -> {
                changed++;
                conflicts.accept(
                        new Conflict(labels, ours.timestampMs(), ours.text(), theirs.text()));
                differences.add(Kind.CHANGED, labels, ours, theirs, ours.timestampMs(), 1);
            }
        }
    }

    private Likeness likeness(Point ours, Point theirs) {
        if (ours.histogram() == null && theirs.histogram() == null) {
            return sameness.of(ours.bits(), theirs.bits());
        }
        return ours.histogram() != null
                        && theirs.histogram() != null
                        && Sameness.of(ours.histogram(), theirs.histogram())
                ? Likeness.EQUAL
                : Likeness.DIFFERENT;
    }

    private void found(Kind kind, Labels labels, Point first, long lastMs, long samples) {
        switch (kind) {
            case MISSING -> missing += samples;
            case EXTRA -> extra += samples;
            case FOREIGN -> foreign += samples;
            case CHANGED -> throw new IllegalArgumentException("both sides have " + first);
        }
        boolean isOurs = kind == Kind.MISSING;
        differences.add(
                kind, labels, isOurs ? first : null, isOurs ? null : first, lastMs, samples);
    }
}
