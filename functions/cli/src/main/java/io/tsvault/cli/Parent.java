package io.tsvault.cli;

/// A command that has others below it.
interface Parent {
    /// What was said before the first command.
    Main main();
}
