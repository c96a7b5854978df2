package io.tsvault.lab;

import java.nio.file.Path;

/// A server that this machine has.
///
/// @param version as it says itself, or "of unknown version"
/// @param found for people: where it was found
record Program(Product product, String version, Path binary, String found) {
    @Override
    public String toString() {
        return product.label() + " " + version + " (" + found + ")";
    }
}
