package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.lab.Lab;
import io.tsvault.lab.Unavailable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Real servers on this machine.
@Command(
        name = "lab",
        description = "Real servers on this machine, for tests and drills.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = LabStartCommand.class)
final class LabCommand implements Runnable {
    @ParentCommand private Main main = new Main();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which one? lab list, lab fetch or lab start.");
    }

    boolean wantsJson() {
        return main.wantsJson();
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
                    @Nullable List<String> names)
            throws IOException {
        List<String> wanted = new ArrayList<>();
        if (names == null) {
            Lab.offers().forEach(offer -> wanted.add(offer.name()));
        } else {
            wanted.addAll(names);
            names.forEach(Lab::named);
        }
        int code = 0;
        List<Lab.Offer> here = new ArrayList<>();
        for (String name : wanted) {
            try {
                here.add(new Lab.Offer(name, "here", Lab.fetch(name)));
            } catch (Unavailable e) {
                err().println("tsvault: " + e.reason());
                code = Failure.FAILED;
            }
        }
        if (wantsJson()) {
            Json.print(out(), json -> write(json, here));
        } else {
            here.forEach(offer -> out().println(offer.detail()));
        }
        return code;
    }
}
