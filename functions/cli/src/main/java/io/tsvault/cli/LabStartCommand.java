package io.tsvault.cli;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;
import io.tsvault.lab.Setup;
import io.tsvault.lab.generator.Fleet;
import io.tsvault.lab.generator.Recipe;
import io.tsvault.lab.generator.RemoteWriteFeed;
import io.tsvault.lab.generator.RemoteWriteFeed.Sent;
import io.tsvault.lab.generator.Schedule;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs one real server for as long as somebody wants it.
@Command(name = "start", description = "Run one server until Ctrl-C.")
final class LabStartCommand implements Callable<Integer> {
    /// What `--feed` fills a server with: the same series for everybody, at the time that fits.
    private static final int SEED = 42;

    private static final int TARGETS = 10;
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    @Parameters(
            paramLabel = "SERVER",
            description = "prometheus:3.5, victoria-metrics, pushgateway, s3, ...")
    private String name = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Listen here instead of on a free port.")
    private @Nullable Integer port;

    @Option(
            names = "--out-of-order",
            paramLabel = "WINDOW",
            description = "Let a Prometheus take samples as old as this: 30d.")
    private @Nullable String window;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the data here; otherwise it goes at the end.")
    private @Nullable Path data;

    @Option(
            names = "--feed",
            paramLabel = "LENGTH",
            description = "Fill it with the last 2h, say, of a generated fleet.")
    private @Nullable String feed;

    private final AtomicBoolean isStopping = new AtomicBoolean();

    @ParentCommand private LabCommand lab = new LabCommand();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Setup setup = setup();
        Duration length = feed == null ? Duration.ZERO : duration(feed);
        if (!length.isZero() && !setup.takesRemoteWrite()) {
            throw new IllegalArgumentException(name + " takes no remote write, so no --feed");
        }
        Server server = setup.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        PrintWriter err = spec.commandLine().getErr();
        if (!length.isZero()) {
            err.println(feed(server, length));
        }
        print(server);
        err.println(server + "; log " + server.log() + "; Ctrl-C ends it");
        server.awaitEnd();
        if (isStopping.get()) {
            return Failure.STOPPED;
        }
        err.println("tsvault: " + server + " has ended by itself:\n" + server.tail());
        return Failure.FAILED;
    }

    /// Ctrl-C or SIGTERM. Halts, since an ordinary exit would show the signal and not our code.
    private void stop(Server server) {
        isStopping.set(true);
        server.close();
        Runtime.getRuntime().halt(Failure.STOPPED);
    }

    private void print(Server server) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (lab.wantsJson()) {
            Json.print(out, json -> write(json, server));
        } else {
            out.println(server.uri());
        }
    }

    private static void write(JsonGenerator json, Server server) throws IOException {
        json.writeStartObject();
        json.writeStringField("uri", server.uri().toString());
        json.writeStringField("version", server.version());
        json.writeNumberField("pid", server.pid());
        json.writeStringField("log", server.log().toString());
        json.writeEndObject();
    }

    private Setup setup() {
        Setup setup = Lab.named(name);
        setup = port == null ? setup : setup.port(port);
        setup = window == null ? setup : setup.outOfOrder(duration(window));
        return data == null ? setup : setup.data(data);
    }

    private static String feed(Server server, Duration length)
            throws IOException, InterruptedException {
        // A late scrape must not lie in the future.
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(INTERVAL);
        Schedule schedule = new Schedule(end.minus(length), INTERVAL, length);
        Fleet fleet = new Fleet(Recipe.PUBLIC_2, SEED, TARGETS, schedule);
        Sent sent;
        try {
            sent = new RemoteWriteFeed(server.uri()).send(fleet);
        } catch (IOException e) {
            throw new IOException("feeding " + server + " failed: " + e + "\n" + server.tail(), e);
        }
        return "fed %,d samples of %d targets, %s to %s"
                .formatted(sent.samples(), TARGETS, schedule.start(), end);
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
