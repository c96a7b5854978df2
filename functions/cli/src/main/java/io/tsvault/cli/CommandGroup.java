package io.tsvault.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// A command that does nothing but to have others below it.
abstract class CommandGroup implements Parent, Runnable {
    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public final Main main() {
        return main;
    }

    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one? See tsvault %s --help.".formatted(spec.name()));
    }
}
