package io.tsvault.lab.generator;

/// A kind of values. On a target it becomes the [Signal] of one series.
interface Model {
    /// Draws from the target's dice what the signal needs, a seed in most cases; so the order in
    /// which models are put on a target decides their values.
    Signal on(Target target);
}
