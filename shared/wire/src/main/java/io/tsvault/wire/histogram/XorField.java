package io.tsvault.wire.histogram;

/// A double of a sample, told by what differs from the sample before. Bits, never a number.
final class XorField {
    long bits;
    private int leading;
    private int significant = 64;

    void first(BitReader in) {
        bits = in.bits(64);
    }

    void later(BitReader in) {
        if (in.bits(1) == 0) {
            return;
        }
        if (in.bits(1) == 1) {
            leading = (int) in.bits(5);
            int length = (int) in.bits(6);
            significant = length == 0 ? 64 : length;
            if (leading + significant > 64) {
                throw in.malformed("a window of " + leading + " + " + significant + " bits");
            }
        }
        bits ^= in.bits(significant) << (64 - leading - significant);
    }
}
