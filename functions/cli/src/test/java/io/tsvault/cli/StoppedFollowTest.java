package io.tsvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tsvault.core.json.Json;
import io.tsvault.lab.proxy.Fault;
import io.tsvault.lab.proxy.Fault.Leg;
import io.tsvault.lab.proxy.FaultProxy;
import io.tsvault.lab.proxy.Gate;
import io.tsvault.lab.proxy.Request;
import io.tsvault.lab.twin.Generation;
import io.tsvault.lab.twin.Twin;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A standby that is stopped from outside: at rest, and at work. By the signal that means the same
/// as Ctrl-C, which a build in the background may not hear.
@Tag("slow")
class StoppedFollowTest {
    private static final String HALF = "2026-03-01T02:00:00Z";
    private static final String[] FOLLOW = {
        "--json", "restore", "--stream", "x", "--target", "dr", "--follow"
    };

    @TempDir private Path folder = Path.of("");

    private final Gate gate = new Gate();
    private final AtomicInteger passing = new AtomicInteger(Integer.MAX_VALUE);

    @Test
    void itEndsInOrderAndTheSameCommandGoesOnWhereItWas() throws Exception {
        Terminal terminal = new Terminal(vault());
        terminal.run("init");
        try (Fed fed = Fed.twin();
                Twin standby = Twin.of(Generation.V3_5);
                FaultProxy proxy = FaultProxy.to(standby.uri(), this::fault)) {
            terminal.run("source", "add", "a", "--url", fed.url());
            terminal.run("stream", "add", "x", "--source", "a", "--slice", "30m");
            terminal.run("target", "add", "dr", "--url", proxy.uri().toString());
            assertThat(terminal.run("backup", "--to", HALF)).as(terminal.err()).isZero();

            long half = stoppedAtRest();
            assertThat(terminal.run("backup", "--to", Fed.END)).as(terminal.err()).isZero();
            stoppedAtWork();

            String[] again =
                    Stream.concat(Stream.of(FOLLOW), Stream.of("--for", "1s"))
                            .toArray(String[]::new);
            assertThat(terminal.run(again)).as(terminal.err()).isZero();
            SortedMap<String, Json> end = members(terminal.out());
            assertThat(number(end, "written")).isGreaterThanOrEqualTo(half);
            assertThat(number(end, "written") + number(end, "alreadyThere"))
                    .isEqualTo(fed.samples());
            assertThat(terminal.run("compare", "--stream", "x", "--with", "dr")).isZero();
        }
    }

    private Fault fault(Request request) {
        boolean strikes = request.is("POST", "/api/v1/write") && passing.getAndDecrement() <= 0;
        return strikes ? new Fault.Hold(Leg.REQUEST, gate) : new Fault.Pass();
    }

    /// @return samples that it has written
    private long stoppedAtRest() throws IOException, InterruptedException {
        Process child = Child.start(folder, command());
        while (child.isAlive() && text("out").isEmpty()) {
            var _ = child.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(stopped(child)).as(text("err")).isZero();
        assertThat(text("err")).endsWith("stopped; the same command goes on from there\n");
        return number(members(text("out")), "written");
    }

    private void stoppedAtWork() throws IOException, InterruptedException {
        passing.set(2); // by which it asks what is taken
        Process child = Child.start(folder, command());
        gate.awaitArrival();
        assertThat(stopped(child)).as(text("err")).isEqualTo(Failure.STOPPED);
        assertThat(text("err"))
                .endsWith("what is recorded stays, and the same command goes on from there\n");
        gate.release();
    }

    private static int stopped(Process child) throws InterruptedException {
        child.destroy();
        return child.waitFor();
    }

    private String[] command() {
        return Stream.concat(Stream.of("--vault", vault()), Stream.of(FOLLOW))
                .toArray(String[]::new);
    }

    private String vault() {
        return folder.resolve("vault").toString();
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static SortedMap<String, Json> members(String text) {
        List<String> lines = text.lines().toList();
        byte[] last = lines.getLast().getBytes(StandardCharsets.UTF_8);
        return Json.parse(last, "it") instanceof Json.Members(var members)
                ? members
                : new TreeMap<>();
    }

    private static long number(SortedMap<String, Json> members, String name) {
        return Long.parseLong(Json.toString(members.getOrDefault(name, Json.of(-1))));
    }
}
