/// Relabelling, held against what real servers make of the same rules.
///
/// ```text
/// series --> Prometheus --> one remote write for each list of rules --> Outlet
/// ```
@NullMarked
package io.tsvault.lab.relabel;

import org.jspecify.annotations.NullMarked;
