package io.tsvault.lab.generator;

import java.util.Locale;

/// What a fleet is made of. A recipe never changes: whoever states its name, a seed and a size
/// states every bit.
public enum Recipe {
    /// Hosts, applications, containers and Kubernetes objects.
    PUBLIC_1,

    /// The same, bit for bit, and one process exporter per host, whose counters of seconds drift
    /// away from decimal numbers.
    PUBLIC_2;

    /// `public-1`: its name in reports.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
