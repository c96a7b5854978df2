package io.tsvault.cli;

import io.tsvault.core.json.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

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
            CompareCommand.class,
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
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Results results = new Results(new OutputStreamWriter(stdout, StandardCharsets.UTF_8));
        AtomicBoolean isOver = new AtomicBoolean();
        Interruption.awaited(err, asJson(args) ? Optional.of(results) : Optional.empty(), isOver);
        int code = run(results, err, args);
        isOver.set(true);
        stdout.problem().ifPresent(problem -> err.println("tsvault: stdout: " + problem));
        System.exit(code);
    }

    private static boolean asJson(String... args) {
        return List.of(args).contains("--json");
    }

    /// Runs one command.
    ///
    /// @return its exit code
    static int run(Writer out, PrintWriter err, String... args) {
        return run(new Results(out), err, args);
    }

    private static int run(Results results, PrintWriter err, String... args) {
        PrintWriter out = new PrintWriter(results, true);
        CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
        IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler(
                (failure, all) -> {
                    int code = usual.handleParseException(failure, all);
                    String message = String.valueOf(failure.getMessage());
                    return ended(results, new Failure.Told(message, code), args);
                });
        line.setExecutionExceptionHandler(
                (failure, _, _) -> ended(results, Failure.tell(failure, err), args));
        int code = line.execute(args);
        boolean isCut = out.checkError(); // a full disk, a closed pipe
        return isCut && code == 0 ? Failure.FAILED : code;
    }

    private static int ended(Results results, Failure.Told told, String... args)
            throws IOException, InterruptedException {
        if (asJson(args)) {
            results.end(Json.toString(told.json()));
        }
        return told.code();
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
