package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.Unavailable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Real servers on this machine.
@Command(
        name = "lab",
        description = "Real servers on this machine, for tests and drills.",
        synopsisSubcommandLabel = "COMMAND")
final class LabCommand implements Runnable {
    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one? lab list, lab fetch or lab start.");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    @Command(name = "list", description = "What can run here, and why not.")
    int list() throws IOException {
        List<Lab.Offer> offers = Lab.offers();
        if (main.wantsJson()) {
            Json.print(out(), json -> write(json, offers));
            return 0;
        }
        for (Lab.Offer offer : offers) {
            out().println("%-24s %-10s %s".formatted(offer.name(), offer.state(), offer.detail()));
        }
        err().println("cache: " + Lab.cacheFolder());
        return 0;
    }

    private static void write(JsonGenerator json, List<Lab.Offer> offers) throws IOException {
        json.writeStartArray();
        for (Lab.Offer offer : offers) {
            json.writeStartObject();
            json.writeStringField("name", offer.name());
            json.writeStringField("state", offer.state());
            json.writeStringField("detail", offer.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Command(name = "fetch", description = "Fill the cache, so that later runs need no network.")
    int fetch(
            @Parameters(
                            arity = "0..*",
                            paramLabel = "SERVER",
                            description = "prometheus:3.5, ...; all of them when none is named.")
                    @Nullable List<String> names) {
        List<String> wanted = new ArrayList<>();
        if (names == null) {
            Lab.offers().forEach(offer -> wanted.add(offer.name()));
        } else {
            wanted.addAll(names);
            names.forEach(Lab::named);
        }
        int code = 0;
        for (String name : wanted) {
            try {
                out().println(Lab.fetch(name));
            } catch (Unavailable e) {
                err().println("tsvault: " + e.reason());
                code = Failure.FAILED;
            }
        }
        return code;
    }

    @Command(name = "start", description = "Run one server until Ctrl-C.")
    int start(
            @Parameters(
                            paramLabel = "SERVER",
                            description = "prometheus:3.5, victoria-metrics, pushgateway, s3, ...")
                    String name,
            @Option(names = "--port", description = "Listen here instead of on a free port.")
                    @Nullable Integer port,
            @Option(
                            names = "--out-of-order",
                            paramLabel = "WINDOW",
                            description = "Let a Prometheus take samples as old as this: 30d.")
                    @Nullable String window,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = "Keep the data here; otherwise it goes at the end.")
                    @Nullable Path data)
            throws InterruptedException {
        Setup setup = Lab.named(name);
        setup = port == null ? setup : setup.port(port);
        setup = window == null ? setup : setup.outOfOrder(duration(window));
        setup = data == null ? setup : setup.data(data);
        Server server = setup.start();
        AtomicBoolean isStopped = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    isStopped.set(true);
                                    server.close();
                                }));
        out().println(server.uri());
        err().println(server + "; log " + server.log() + "; Ctrl-C ends it");
        server.awaitEnd();
        if (isStopped.get()) {
            return 0;
        }
        err().println("tsvault: " + server + " has ended by itself:\n" + server.tail());
        return Failure.FAILED;
    }

    /// `30d`, `12h`, `90m`, `45s`.
    static Duration duration(String text) {
        if (!text.matches("[1-9][0-9]{0,8}[smhd]")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write 30d, 12h, 90m or 45s");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
