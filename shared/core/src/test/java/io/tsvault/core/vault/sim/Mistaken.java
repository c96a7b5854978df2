package io.tsvault.core.vault.sim;

import io.tsvault.core.source.Relay;
import io.tsvault.core.source.Source;

/// A source as an exporter with a mistake would see it. By itself it makes none.
class Mistaken extends Relay {
    private final Source source;

    Mistaken(Source source) {
        this.source = source;
    }

    @Override
    protected Source source() {
        return source;
    }
}
