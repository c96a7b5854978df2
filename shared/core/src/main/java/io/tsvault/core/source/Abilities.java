package io.tsvault.core.source;

import java.time.Instant;
import java.util.List;

/// Who a source is, and what can be had from it.
///
/// @param product such as `prometheus`, `victoria-metrics`, `mimir`; empty when it does not tell
/// @param version of that
/// @param identity which of all such servers it is, as it tells by what never changes: its external
///     labels; empty when it has none. A stream stops when it changes.
/// @param clock its own, when it was asked
/// @param digits significant decimal digits of a value that it keeps; 0: every bit
/// @param ways that work, best first
/// @param notes for a person: limits, what would be lost and why, what to set
public record Abilities(
        String product,
        String version,
        String identity,
        Instant clock,
        int digits,
        List<Way> ways,
        List<String> notes) {
    /// Copies the lists.
    public Abilities {
        ways = List.copyOf(ways);
        notes = List.copyOf(notes);
    }

    /// Of one that keeps every bit.
    public Abilities(
            String product,
            String version,
            String identity,
            Instant clock,
            List<Way> ways,
            List<String> notes) {
        this(product, version, identity, clock, 0, ways, notes);
    }
}
