package io.tsvault.core.export;

import io.tsvault.core.export.SliceReader.Content;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit.Outcome;

import java.util.Optional;

/// What became of a slice.
///
/// @param settled the slice; a gap may be of several
record Taken(TimeRange settled, Result result, Amount amount) {
    /// What became of it.
    enum Result {
        COMMITTED,
        PARTIAL,
        EMPTY,
        GAP,
        /// Another had settled it.
        THERE
    }

    static Taken there(TimeRange slice) {
        return new Taken(slice, Result.THERE, Amount.NOTHING);
    }

    /// What came of a slice that was read; nothing when it has to be read again.
    static Optional<Taken> of(TimeRange slice, Content content, Outcome outcome) {
        Result result = content.isWhole() ? Result.COMMITTED : Result.PARTIAL;
        return switch (outcome) {
            case RECORDED -> Optional.of(new Taken(slice, result, content.amount()));
            case SETTLED_BY_ANOTHER -> Optional.of(there(slice));
            case SWEPT -> Optional.empty();
        };
    }
}
