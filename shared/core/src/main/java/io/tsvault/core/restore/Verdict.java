package io.tsvault.core.restore;

import java.util.List;

/// Can a target take what is to be restored? Told before anything is written.
///
/// @param reasons why not
/// @param remedies what to change, to the line; empty when there is nothing to be done
/// @param notes that do not stand in the way
public record Verdict(List<String> reasons, List<String> remedies, List<String> notes) {
    /// Copies the lists.
    public Verdict {
        reasons = List.copyOf(reasons);
        remedies = List.copyOf(remedies);
        notes = List.copyOf(notes);
    }

    /// Nothing stands in the way.
    public boolean isPossible() {
        return reasons.isEmpty();
    }

    /// For people.
    @Override
    public String toString() {
        if (isPossible()) {
            return "possible";
        }
        String why = String.join("; ", reasons);
        return remedies.isEmpty()
                ? "impossible, because " + why
                : "possible only if this is changed: "
                        + String.join(", or ", remedies)
                        + " (because "
                        + why
                        + ")";
    }
}
