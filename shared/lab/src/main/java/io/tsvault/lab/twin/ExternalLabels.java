package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Labels;
import io.tsvault.core.series.Matcher;
import io.tsvault.core.series.Selector;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v1.LabelMatcher;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What remote read adds to every series.
record ExternalLabels(Labels labels) {
    /// What is looked for in the storage: a matcher that asks for exactly an external label is met
    /// by series without a label of that name.
    ///
    /// @throws IllegalArgumentException when a matcher is none
    Selector selector(List<LabelMatcher> asked) {
        return Selector.of(asked.stream().map(this::matcher).toList());
    }

    private Matcher matcher(LabelMatcher asked) {
        Matcher.Op op =
                switch (asked.getType()) {
                    case EQ -> Matcher.Op.EQUAL;
                    case NEQ -> Matcher.Op.NOT_EQUAL;
                    case RE -> Matcher.Op.LIKE;
                    case NRE -> Matcher.Op.NOT_LIKE;
                    case UNRECOGNIZED -> throw new IllegalArgumentException("invalid matcher type");
                };
        String external = labels.get(asked.getName()).orElse("");
        boolean isMet = op == Matcher.Op.EQUAL && external.equals(asked.getValue());
        return new Matcher(op, asked.getName(), isMet ? "" : asked.getValue());
    }

    /// Sorted; where both have a name, the series' own label stays.
    List<Label> addedTo(Labels own) {
        SortedMap<String, Label> all = new TreeMap<>();
        for (Labels some : List.of(labels, own)) {
            for (int i = 0; i < some.size(); i++) {
                all.put(
                        some.name(i),
                        Label.newBuilder()
                                .setName(ByteString.copyFrom(some.nameBytes(i)))
                                .setValue(ByteString.copyFrom(some.valueBytes(i)))
                                .build());
            }
        }
        return List.copyOf(all.values());
    }
}
