package io.tsvault.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where `tsvault` starts.
@Command(
        name = "tsvault",
        description = "Off-site backups of Prometheus-compatible time series.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Main.Version.class,
        subcommands = {
            InitCommand.class,
            SourceCommand.class,
            StreamCommand.class,
            BackupCommand.class,
            TargetCommand.class,
            RestoreCommand.class,
            PlanCommand.class,
            JobCommand.class,
            StatusCommand.class,
            ListCommand.class,
            VerifyCommand.class,
            InspectCommand.class,
            AckCommand.class,
            HoldCommand.class,
            ExpireCommand.class,
            GcCommand.class,
            VaultCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            LabCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong use, 3 not whole, 4 refused, 5 stopped."
        })
public final class Main implements Parent, Runnable {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document instead of text.")
    private boolean json;

    @Option(
            names = "--vault",
            paramLabel = "VAULT",
            scope = ScopeType.INHERIT,
            description = "A folder or s3://bucket/prefix; else $TSVAULT_VAULT, else ./vault.")
    private @Nullable String vault;

    @Spec private CommandSpec spec = CommandSpec.create();

    Main() {}

    /// Runs one command and exits with its code.
    public static void main(String[] args) {
        Stdout stdout = new Stdout();
        PrintWriter out = new PrintWriter(stdout, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        stdout.problem().ifPresent(problem -> err.println("tsvault: stdout: " + problem));
        System.exit(code);
    }

    /// Runs one command.
    ///
    /// @return its exit code
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
        line.setExecutionExceptionHandler(
                (failure, command, _) -> Failure.tell(failure, command.getErr()));
        int code = line.execute(args);
        return out.checkError() && code == 0 ? Failure.FAILED : code; // a full disk, a closed pipe
    }

    @Override
    public Main main() {
        return this;
    }

    VaultAddress vault() {
        return VaultAddress.of(vault, System.getenv());
    }

    /// Was a vault named, one way or the other?
    boolean namesVault() {
        return vault != null || System.getenv().containsKey(VaultAddress.VARIABLE);
    }

    boolean hasVaultOption() {
        return vault != null;
    }

    boolean wantsJson() {
        return json;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See tsvault --help.");
    }

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /// The version that the build wrote into the archive.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tsvault " + version()};
        }
    }
}
