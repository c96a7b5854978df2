package io.tsvault.cli;

import io.tsvault.core.series.TimeRange;
import io.tsvault.core.vault.StreamState;
import io.tsvault.core.vault.StreamState.Settled;
import io.tsvault.core.vault.StreamState.Status;

import java.util.List;

/// What there is in the range of a hold.
///
/// @param kept slices that it keeps
/// @param expired slices that were let go of before it, which no hold brings back
record HeldSlices(long kept, long expired) {
    static HeldSlices of(StreamState state, TimeRange range) {
        List<Settled> there =
                state.slices().stream().filter(settled -> settled.slice().meets(range)).toList();
        long expired = there.stream().filter(settled -> settled.status() == Status.EXPIRED).count();
        return new HeldSlices(there.size() - expired, expired);
    }

    /// Is all of it gone?
    boolean isTooLate() {
        return kept == 0 && expired > 0;
    }

    @Override
    public String toString() {
        if (kept + expired == 0) {
            return "it keeps nothing yet, as no slice is there";
        }
        String gone =
                "%s let go of before cannot be held, and gc deletes them"
                        .formatted(Count.of(expired, "slice"));
        String held = "it keeps " + Count.of(kept, "slice");
        return expired == 0 ? held : held + "; " + gone;
    }
}
