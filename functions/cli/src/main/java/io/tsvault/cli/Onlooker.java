package io.tsvault.cli;

import java.io.Console;
import java.util.Optional;

/// Where a person may be looking on.
final class Onlooker {
    private Onlooker() {}

    /// Is somebody looking on?
    static boolean isThere() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
