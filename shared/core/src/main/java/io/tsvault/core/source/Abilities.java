package io.tsvault.core.source;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
/// @param address where it was asked; empty when that is nowhere
public record Abilities(
        String product,
        String version,
        String identity,
        Instant clock,
        int digits,
        List<Way> ways,
        List<String> notes,
        String address) {
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
        this(product, version, identity, clock, 0, ways, notes, "");
    }

    /// The same server, asked there.
    public Abilities at(String there) {
        return new Abilities(product, version, identity, clock, digits, ways, notes, there);
    }

    /// The same server, when its clock showed this.
    public Abilities at(Instant now) {
        return new Abilities(product, version, identity, now, digits, ways, notes, address);
    }

    /// What to do about a server that does not tell which one it is; nothing when it does.
    public Optional<String> namingAdvice() {
        String remedy =
                product.equals("prometheus")
                        ? "set external_labels under global in its configuration, such as cluster"
                        : "give it an address that never answers for another";
        return identity.isEmpty()
                ? Optional.of(
                        "the source has no external labels: should another server answer in its"
                                + " place, only what was kept last can tell them apart; "
                                + remedy)
                : Optional.empty();
    }
}
