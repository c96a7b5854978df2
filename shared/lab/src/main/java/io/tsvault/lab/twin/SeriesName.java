package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Labels;
import io.tsvault.wire.v1.Label;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a receiver makes of the labels of one series.
sealed interface SeriesName {
    /// A series.
    record Valid(Labels labels) implements SeriesName {}

    /// Against the rules of names: 1.0 skips it silently, 2.0 reports it.
    record Invalid(String reason) implements SeriesName {}

    /// The storage fails on it, so that the client is told to try again for ever.
    record Broken(String reason) implements SeriesName {}

    /// Reads labels as they came: any order, values may be empty.
    static SeriesName of(List<Label> labels, Generation generation) {
        return new Reading(labels, generation).result();
    }

    /// Labels as messages show them, sorted.
    static String text(List<Label> labels) {
        return new Reading(labels, Generation.V3_5).text();
    }

    /// Judges one label set.
    final class Reading {
        private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
        private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

        private final List<Label> sorted;
        private final Generation generation;

        private Reading(List<Label> labels, Generation generation) {
            this.generation = generation;
            this.sorted =
                    labels.stream()
                            .sorted(
                                    Comparator.comparing(
                                            Label::getName,
                                            ByteString.unsignedLexicographicalComparator()))
                            .toList();
        }

        private SeriesName result() {
            return switch (generation) {
                case V2_42 -> stored();
                case V2_53 ->
                        sorted.stream().allMatch(this::isClassic)
                                ? stored()
                                : new Invalid("invalid metric names or labels");
                case V3_5 -> modern();
            };
        }

        private SeriesName modern() {
            boolean isNamed = sorted.stream().anyMatch(Reading::isMetricName);
            if (!isNamed || !sorted.stream().allMatch(Reading::isText)) {
                return new Invalid("invalid metric name or labels, got " + text());
            }
            return twice(sorted)
                    .<SeriesName>map(
                            name ->
                                    new Invalid(
                                            "invalid labels for series, labels "
                                                    + text()
                                                    + ", duplicated label "
                                                    + name))
                    .orElseGet(this::stored);
        }

        private SeriesName stored() {
            List<Label> kept = sorted.stream().filter(l -> !l.getValue().isEmpty()).toList();
            if (kept.isEmpty()) {
                return new Broken("empty labelset: invalid sample");
            }
            if (kept.stream().anyMatch(l -> l.getName().isEmpty())) {
                return new Broken("the twin cannot store a label without a name");
            }
            return twice(kept)
                    .<SeriesName>map(
                            name ->
                                    new Broken(
                                            "label name \""
                                                    + name
                                                    + "\" is not unique: invalid sample"))
                    .orElseGet(() -> new Valid(Labels.ofBytes(flat(kept))));
        }

        private static byte[][] flat(List<Label> labels) {
            byte[][] flat = new byte[2 * labels.size()][];
            for (int i = 0; i < labels.size(); i++) {
                flat[2 * i] = labels.get(i).getName().toByteArray();
                flat[2 * i + 1] = labels.get(i).getValue().toByteArray();
            }
            return flat;
        }

        private static Optional<String> twice(List<Label> sorted) {
            for (int i = 1; i < sorted.size(); i++) {
                if (sorted.get(i).getName().equals(sorted.get(i - 1).getName())) {
                    return Optional.of(sorted.get(i).getName().toStringUtf8());
                }
            }
            return Optional.empty();
        }

        private static boolean isMetricName(Label label) {
            return label.getName().toStringUtf8().equals(Labels.METRIC_NAME);
        }

        private boolean isClassic(Label label) {
            boolean isName = NAME.matcher(label.getName().toStringUtf8()).matches();
            boolean isValue =
                    !isMetricName(label)
                            || METRIC.matcher(label.getValue().toStringUtf8()).matches();
            return isName && isValue && label.getValue().isValidUtf8();
        }

        private static boolean isText(Label label) {
            boolean isName = !label.getName().isEmpty() && label.getName().isValidUtf8();
            boolean isValue = !isMetricName(label) || !label.getValue().isEmpty();
            return isName && isValue && label.getValue().isValidUtf8();
        }

        private String text() {
            StringBuilder text = new StringBuilder("{");
            for (Label label : sorted) {
                text.append(text.length() > 1 ? ", " : "");
                String name = label.getName().toStringUtf8();
                text.append(NAME.matcher(name).matches() ? name : GoText.quoted(name));
                text.append('=').append(GoText.quoted(label.getValue().toStringUtf8()));
            }
            return text.append('}').toString();
        }
    }
}
