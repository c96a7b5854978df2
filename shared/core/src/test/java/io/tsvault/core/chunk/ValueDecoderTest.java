package io.tsvault.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tsvault.core.series.Samples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Columns that no encoder writes.
class ValueDecoderTest {
    private final ColumnSink sink = new ColumnSink();

    @ParameterizedTest
    @ValueSource(ints = {7, 64, 128, 255, 24, 25})
    void anUnknownModeIsDamage(int mode) {
        sink.modes.u8(mode);
        sink.constants.u64(0);
        isDamage("value mode " + mode, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void anExponentAbove15IsDamage(int mode) {
        sink.modes.u8(mode);
        sink.modes.u8(16);
        isDamage("exponent 16", 1);
    }

    @Test
    void anExponentOf15IsRead() {
        sink.modes.u8(ValueMode.DECIMAL.number());
        sink.modes.u8(15);
        sink.modes.u8(0);
        sink.numbers.zigzag(1);
        assertThat(read(1)).containsExactly(Shapes.bits(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aColumnRefersToAnEarlierOneOfItsLength(int mode) {
        for (int distance : new int[] {0, 1}) {
            sink.clear();
            constant();
            sink.modes.u8(mode);
            if (mode == ValueMode.DIFFERENCE.number()) {
                sink.modes.u8(0);
                sink.numbers.varint(distance);
                sink.numbers.zigzag(0);
                sink.residuals(new long[2], 2);
            } else {
                sink.numbers.varint(distance);
            }
            isDamage("a column that refers to one of another length", 1, 2);
        }
    }

    @Test
    void aColumnBeforeTheFirstIsDamage() {
        constant();
        sink.modes.u8(ValueMode.COPY.number());
        sink.numbers.varint(2);
        isDamage("2 columns back, at most 1", 1, 1);
    }

    @Test
    void anExceptionLiesInItsColumn() {
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 1, 2);
        isDamage("an exception behind the end of its column", 2);
        sink.clear();
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 1, 3);
        isDamage("3 values between exceptions, at most 2", 2);
        sink.clear();
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 3, 0, 0, 0);
        isDamage("3 exceptions, at most 2", 2);
        sink.clear();
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 2, 1, 0);
        isDamage("an exception behind the end of its column", 2);
    }

    @Test
    void theGapToTheNextExceptionIsBoundedByWhatIsLeft() {
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 2, 0, 2);
        isDamage("2 values between exceptions, at most 1", 2);
    }

    @Test
    void everyValueMayBeAnException() {
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 2, 0, 0);
        assertThat(read(2)).containsExactly(100, 101);
    }

    @Test
    void exceptionsAsBeforeLieInTheirColumnToo() {
        exceptions(ValueEncoder.EXCEPTIONS_LISTED, 1, 1);
        sink.modes.u8(ValueEncoder.EXCEPTIONS_AS_BEFORE | ValueEncoder.EXCEPTIONS_STALE);
        sink.constants.u64(0);
        isDamage("an exception behind the end of its column", 2, 1);
        assertThat(read(2, 2)).containsExactly(0, Samples.STALE_MARKER);
    }

    /// Columns with the same values share them.
    @ParameterizedTest
    @EnumSource(
            value = ValueMode.class,
            names = {"CONSTANT", "COPY"})
    void anExceptionChangesNoColumnButItsOwn(ValueMode mode) {
        constant();
        sink.modes.u8(mode.number() | ValueEncoder.EXCEPTIONS_LISTED);
        sink.numbers.bytes(new byte[] {1, 1});
        sink.constants.u64(100);
        sink.constants.u64(0);
        sink.numbers.varint(1);
        ValueDecoder decoder = new ValueDecoder(Columns.source(sink));
        ValueColumn first = decoder.decode(2, 0);
        assertThat(decoder.decode(2, 0).array()).containsExactly(0, 100);
        assertThat(first.array()).containsExactly(0, 0);
    }

    @Test
    void exceptionsAsBeforeMayBeNone() {
        sink.modes.u8(ValueEncoder.EXCEPTIONS_AS_BEFORE);
        sink.constants.u64(5);
        assertThat(read(1)).containsExactly(5);
    }

    @Test
    void aCutColumnIsDamage() {
        sink.modes.u8(ValueMode.CONSTANT.number());
        isDamage("8 bytes wanted", 1);
        sink.clear();
        sink.modes.u8(ValueMode.REPEATS.number());
        sink.repeats.u64(0);
        isDamage("8 bytes wanted", 2);
    }

    private void constant() {
        sink.modes.u8(ValueMode.CONSTANT.number());
        sink.constants.u64(0);
    }

    /// A column of zeros with exceptions 100, 101...
    private void exceptions(int kind, int count, int... gaps) {
        sink.modes.u8(ValueMode.CONSTANT.number() | kind);
        sink.numbers.varint(count);
        for (int gap : gaps) {
            sink.numbers.varint(gap);
        }
        for (int i = 0; i < count; i++) {
            sink.constants.u64(100 + i);
        }
        sink.constants.u64(0);
    }

    private void isDamage(String message, int... lengths) {
        assertThatThrownBy(() -> read(lengths))
                .isInstanceOf(DamagedChunk.class)
                .hasMessageContaining(message);
    }

    /// The last of the columns of these lengths.
    private long[] read(int... lengths) {
        ValueDecoder decoder = new ValueDecoder(Columns.source(sink));
        long[] last = {};
        for (int length : lengths) {
            last = decoder.decode(length, 0).array();
        }
        return last;
    }
}
