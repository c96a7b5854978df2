/// Real servers on this machine, for tests, for the demo and for restore drills.
///
/// | package | holds |
/// |---|---|
/// | `lab` | [Lab]: finds, fetches, starts, kills, pauses real servers |
/// | `lab.proxy` | a proxy that damages what passes it, by script or seed |
/// | `lab.generator` | series as a fleet of exporters would give them, the same for the same seed |
/// | `lab.twin` | a Prometheus inside this JVM, for faults that the real one will not produce |
@NullMarked
package io.tsvault.lab;

import org.jspecify.annotations.NullMarked;
