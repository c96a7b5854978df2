package io.tsvault.prometheus;

import com.google.protobuf.ByteString;

import io.tsvault.core.series.Labels;
import io.tsvault.wire.v1.Label;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a server adds to every series that it gives to others, and what is done about it.
final class ExternalLabels {
    /// A server that adds nothing, or whose labels are not known.
    static final ExternalLabels NONE = new ExternalLabels(Labels.NONE, Treatment.STRIP);

    private final boolean keepOrder;
    private final Map<ByteString, ByteString> toStrip = new HashMap<>();

    enum Treatment {
        /// They are taken off again, where name and value are the same.
        STRIP,
        /// They stay; then series need not come in label order.
        KEEP
    }

    /// @param labels as the server's configuration says
    ExternalLabels(Labels labels, Treatment treatment) {
        this.keepOrder = treatment == Treatment.STRIP || labels.equals(Labels.NONE);
        for (int i = 0; treatment == Treatment.STRIP && i < labels.size(); i++) {
            toStrip.put(
                    ByteString.copyFrom(labels.nameBytes(i)),
                    ByteString.copyFrom(labels.valueBytes(i)));
        }
    }

    /// Do series come in label order, as the server has sorted them before it added labels?
    boolean keepOrder() {
        return keepOrder;
    }

    /// The labels of a message: those with a value that need not be stripped.
    ///
    /// @throws IllegalArgumentException when a name comes twice, or is empty
    Labels of(List<Label> message) {
        byte[][] namesAndValues = new byte[2 * message.size()][];
        int size = 0;
        for (Label label : message) {
            ByteString value = label.getValue();
            if (!value.isEmpty() && !value.equals(toStrip.get(label.getName()))) {
                namesAndValues[size++] = label.getName().toByteArray();
                namesAndValues[size++] = value.toByteArray();
            }
        }
        return Labels.ofBytes(Arrays.copyOf(namesAndValues, size));
    }
}
