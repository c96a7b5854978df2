package io.tsvault.lab.twin;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;

import io.tsvault.lab.twin.Point.HistogramPoint;
import io.tsvault.wire.v1.Histogram;
import io.tsvault.wire.v1.Label;
import io.tsvault.wire.v2.TimeSeries;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table of strings of one request of remote write 2.0.
record Symbols(List<ByteString> table) {
    /// The labels of a series; none when a reference leads nowhere.
    Optional<List<Label>> labels(List<Integer> references) {
        boolean isWhole = references.size() % 2 == 0;
        if (!isWhole || !references.stream().allMatch(this::isThere)) {
            return Optional.empty();
        }
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < references.size(); i += 2) {
            labels.add(
                    Label.newBuilder()
                            .setName(table.get(references.get(i)))
                            .setValue(table.get(references.get(i + 1)))
                            .build());
        }
        return Optional.of(labels);
    }

    /// Do the help and the unit of a series lead somewhere?
    boolean holdsMetadata(TimeSeries series) {
        return isThere(series.getMetadata().getHelpRef())
                && isThere(series.getMetadata().getUnitRef());
    }

    private boolean isThere(int reference) {
        return Integer.compareUnsigned(reference, table.size()) < 0;
    }

    /// The same histogram as a message of 1.0: the field numbers agree.
    static HistogramPoint histogram(io.tsvault.wire.v2.Histogram histogram) {
        try {
            return new HistogramPoint(
                    Histogram.parseFrom(histogram.toByteArray()).toBuilder()
                            .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                            .build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a histogram of 2.0 is none of 1.0", e);
        }
    }
}
