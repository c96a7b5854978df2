package io.tsvault.core.series;

import io.tsvault.core.series.HistogramLayout.Flavour;
import io.tsvault.core.series.HistogramLayout.Span;

import java.util.ArrayList;
import java.util.List;

/// A histogram for people: its filled buckets from the lowest to the highest, at most ten of them.
final class HistogramText {
    private static final int MAX_BUCKETS = 10;

    private final HistogramLayout layout;
    private final List<String> filled = new ArrayList<>();

    private HistogramText(HistogramLayout layout) {
        this.layout = layout;
    }

    static String of(Histogram histogram) {
        HistogramText text = new HistogramText(histogram.layout());
        text.addBuckets(histogram);
        Histogram.Totals totals = histogram.totals();
        String sum = histogram.isStale() ? "stale" : decimal(totals.sumBits());
        return "{count:" + text.count(totals.count()) + ", sum:" + sum + text.buckets() + "}";
    }

    private void addBuckets(Histogram histogram) {
        int positive = layout.positiveBuckets();
        long[] below = numbers(layout.negative(), histogram.buckets() - positive);
        for (int i = below.length - 1; i >= 0; i--) {
            add(below(below[i]), histogram.bucket(positive + i));
        }
        double threshold = Double.longBitsToDouble(layout.zeroThresholdBits());
        add("[" + range(-threshold, threshold) + "]", histogram.totals().zeroCount());
        long[] above = numbers(layout.positive(), positive);
        for (int i = 0; i < positive; i++) {
            add(above(above[i]), histogram.bucket(i));
        }
    }

    private void add(String bounds, long count) {
        if (count != 0) {
            filled.add(", " + bounds + ":" + count(count));
        }
    }

    private String buckets() {
        int more = filled.size() - MAX_BUCKETS;
        return more <= 0
                ? String.join("", filled)
                : String.join("", filled.subList(0, MAX_BUCKETS)) + ", " + more + " more";
    }

    private String count(long bits) {
        return layout.flavour() == Flavour.INTEGER ? Long.toUnsignedString(bits) : decimal(bits);
    }

    /// The number of each bucket of one side; offsets from anywhere do not fit an int.
    private static long[] numbers(List<Span> spans, int buckets) {
        long[] numbers = new long[buckets];
        long number = 0;
        int i = 0;
        for (Span span : spans) {
            number += span.offset();
            for (int end = i + span.length(); i < end; i++) {
                numbers[i] = number++;
            }
        }
        return numbers;
    }

    private String above(long number) {
        if (isExponential()) {
            return "(" + range(power(number - 1), power(number)) + "]";
        }
        int last = layout.customBounds().size();
        if (layout.schema() != HistogramLayout.CUSTOM || number < 0 || number > last) {
            return "+#" + number;
        }
        return (number == 0 ? "[" : "(") + range(custom(number - 1), custom(number)) + "]";
    }

    private String below(long number) {
        return isExponential()
                ? "[" + range(-power(number), -power(number - 1)) + ")"
                : "-#" + number;
    }

    private boolean isExponential() {
        return layout.schema() >= -4 && layout.schema() <= 8;
    }

    private double power(long number) {
        return StrictMath.pow(2, Math.scalb((double) number, -layout.schema()));
    }

    private double custom(long number) {
        if (number < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return number == layout.customBounds().size()
                ? Double.POSITIVE_INFINITY
                : Double.longBitsToDouble(layout.customBounds().get((int) number));
    }

    private static String range(double from, double to) {
        return decimal(from) + "," + decimal(to);
    }

    private static String decimal(long bits) {
        return decimal(Double.longBitsToDouble(bits));
    }

    private static String decimal(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        String text = Double.toString(value).replace("Infinity", "Inf");
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
