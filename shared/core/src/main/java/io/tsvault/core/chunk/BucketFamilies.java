package io.tsvault.core.chunk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Finds, for a bucket of a classic histogram, the bucket before it: the column whose labels are
/// the same but for `le`. Buckets are cumulative, so that their difference moves less than they do.
final class BucketFamilies {
    private final Map<Long, Integer> lastColumn = new HashMap<>();

    /// The bucket before this one, or -1.
    ///
    /// @param labels in canonical form
    int before(byte[] labels, int column) {
        int start = bound(labels);
        if (start < 0) {
            return -1;
        }
        ByteSource rest = new ByteSource(labels, 0);
        rest.skip(start);
        rest.skip((int) rest.varint());
        rest.skip((int) rest.varint());
        byte[] family = Arrays.copyOf(labels, start + rest.remaining());
        System.arraycopy(labels, rest.position(), family, start, rest.remaining());
        // Two families with one hash would only make a bad guess.
        Integer earlier = lastColumn.put(XxHash.of(family), column);
        return earlier == null ? -1 : earlier;
    }

    /// Where the label `le` begins, or -1.
    private static int bound(byte[] labels) {
        ByteSource strings = new ByteSource(labels, 0);
        while (strings.remaining() > 0) {
            int start = strings.position();
            int length = (int) strings.varint();
            int name = strings.position();
            if (length == 2 && labels[name] == 'l' && labels[name + 1] == 'e') {
                return start;
            }
            strings.skip(length);
            strings.skip((int) strings.varint());
        }
        return -1;
    }

    void clear() {
        lastColumn.clear();
    }
}
