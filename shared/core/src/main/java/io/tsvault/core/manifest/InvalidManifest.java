package io.tsvault.core.manifest;

import java.util.List;

/// A manifest that asks for nothing that can be done; everything that is wrong with it, and nothing
/// of it that may be secret.
public final class InvalidManifest extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    InvalidManifest(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /// Each as `/pointer: what is wrong`, or without a pointer where it is no JSON at all.
    public List<String> problems() {
        return problems;
    }
}
