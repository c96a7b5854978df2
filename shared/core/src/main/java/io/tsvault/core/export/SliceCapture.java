package io.tsvault.core.export;

import io.tsvault.core.export.SliceReader.Content;
import io.tsvault.core.export.Taken.Result;
import io.tsvault.core.series.Selector;
import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.Deposit;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.record.Event.Gap;
import io.tsvault.core.vault.record.Event.OfSlice;

import java.util.List;
import java.util.Optional;

/// Captures slices of one stream, and records what came of each.
final class SliceCapture {
    /// A slice whose turn it is.
    ///
    /// @param reachMs where the row of slices ends that begins with it and is due
    record Turn(TimeRange slice, long reachMs) {}

    private final Line line;
    private final SliceReader reader;
    private final PartsReader parts;

    SliceCapture(Line line) {
        this.line = line;
        this.reader = new SliceReader(line);
        this.parts = new PartsReader(line, reader);
    }

    SliceReader reader() {
        return reader;
    }

    /// Captures one slice, in parts if the stream has some; parts that are kept are not read again.
    ///
    /// @throws Doubt when it may not be all, or when nothing came and it cannot be told why
    Taken take(Turn turn) {
        boolean isWhole = line.config().parts().isEmpty();
        return reader.inPieces(() -> isWhole ? atOnce(turn) : inParts(turn));
    }

    /// Keeps a slice once more, as it is now, with what the source has forgotten since.
    Taken amend(Settled settled) {
        return reader.inPieces(() -> amended(settled));
    }

    private Optional<Taken> amended(Settled settled) {
        Deposit deposit = line.log().deposit(settled.slice());
        try (Kept kept = Kept.open(line.log(), settled)) {
            Content content = reader.readBeside(kept, settled.slice(), deposit);
            int revisions = settled.revisions().size();
            return Taken.of(settled.slice(), content, deposit.amend(revisions, content.capture()));
        }
    }

    private Optional<Taken> atOnce(Turn turn) {
        TimeRange slice = turn.slice();
        Deposit deposit = line.log().deposit(slice);
        Content content = readTwiceIfEmpty(slice, deposit);
        return content.empty()
                ? Optional.of(absent(turn))
                : Taken.of(
                        slice,
                        content,
                        deposit.commit(content.isWhole(), List.of(), content.capture()));
    }

    private Content readTwiceIfEmpty(TimeRange slice, Deposit deposit) {
        List<Selector> selectors = line.config().selectors();
        Content content = reader.read(selectors, slice, deposit);
        return content.empty() ? reader.read(selectors, slice, deposit) : content;
    }

    private Optional<Taken> inParts(Turn turn) {
        TimeRange slice = turn.slice();
        Optional<PartsReader.Whole> read = parts.read(slice);
        if (read.isEmpty()) {
            return line.log().state().isUnsettled(slice)
                    ? Optional.empty()
                    : Optional.of(Taken.there(slice));
        }
        Content content = read.get().content();
        return content.empty()
                ? Optional.of(absent(turn))
                : Taken.of(
                        slice,
                        content,
                        line.log()
                                .deposit(slice)
                                .commit(
                                        content.isWhole(),
                                        read.get().records(),
                                        content.capture()));
    }

    private Taken absent(Turn turn) {
        OfSlice event = new Absence(line).of(turn);
        boolean recorded =
                line.log()
                        .append(
                                state ->
                                        state.isUnsettled(event.slice())
                                                ? Optional.of(event)
                                                : Optional.empty())
                        .isPresent();
        Result result = event instanceof Gap ? Result.GAP : Result.EMPTY;
        return recorded
                ? new Taken(event.slice(), result, Amount.NOTHING)
                : Taken.there(turn.slice());
    }
}
