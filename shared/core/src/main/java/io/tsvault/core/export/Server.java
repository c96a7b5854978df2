package io.tsvault.core.export;

import io.tsvault.core.source.Abilities;
import io.tsvault.core.vault.record.Event.Capture;

import java.util.Map;

/// Which server a stream is read from, by what it tells of itself and where it is asked. Its
/// version is no part of that: who is upgraded stays the same.
///
/// @param product such as `prometheus`; empty when it is not known
/// @param labels its external labels; empty when it has none
/// @param address empty when it is not known
record Server(String product, String labels, String address) {
    private static final String ADDRESS = "address";

    static Server of(Abilities abilities) {
        return new Server(abilities.product(), abilities.identity(), abilities.address());
    }

    /// The one that a slice was read from.
    static Server of(Capture capture) {
        String product = capture.version().split(" ", 2)[0];
        return new Server(product, capture.source(), capture.notes().getOrDefault(ADDRESS, ""));
    }

    /// Puts down what a capture has no place of its own for.
    void noteIn(Map<String, String> notes) {
        if (!address.isEmpty()) {
            notes.put(ADDRESS, address);
        }
    }

    /// Is it the same, as far as both are known? That one has no labels is known.
    boolean isSame(Server other) {
        return agree(product, other.product)
                && labels.equals(other.labels)
                && agree(address, other.address);
    }

    private static boolean agree(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /// Does this text mean it? Either all of it, or its labels: then wherever it is.
    boolean isCalled(String text) {
        return text.equals(toString()) || (!labels.isEmpty() && text.equals(labels));
    }

    /// `prometheus {cluster="c1"} at http://host:9090`.
    @Override
    public String toString() {
        return (product.isEmpty() ? "a server" : product)
                + (labels.isEmpty() ? " without external labels" : " " + labels)
                + (address.isEmpty() ? "" : " at " + address);
    }
}
