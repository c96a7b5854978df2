package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// How one server is to be started. Immutable: each method gives a changed copy.
public final class Setup {
    private final String name;
    private final Product product;
    private final Supplier<Program> finder;
    private final Wishes wishes;

    /// What differs from one start to the next.
    private record Wishes(
            List<String> flags,
            List<String> unwanted,
            String config,
            Optional<Path> data,
            Optional<Integer> port) {
        static final Wishes NONE =
                new Wishes(
                        List.of(), List.of(), "global: {}\n", Optional.empty(), Optional.empty());
    }

    private Setup(String name, Product product, Supplier<Program> finder, Wishes wishes) {
        this.name = name;
        this.product = product;
        this.finder = finder;
        this.wishes = wishes;
    }

    Setup(String name, Product product, Supplier<Program> finder) {
        this(name, product, finder, Wishes.NONE);
    }

    private Setup with(Wishes other) {
        return new Setup(name, product, finder, other);
    }

    /// What was asked for: `prometheus:3.5`.
    public String name() {
        return name;
    }

    /// Can it be filled by remote write?
    public boolean takesRemoteWrite() {
        return product == Product.PROMETHEUS || product == Product.VICTORIA_METRICS;
    }

    /// Adds a flag to the server's command line.
    public Setup flag(String flag) {
        return with(
                new Wishes(
                        plus(wishes.flags, flag),
                        wishes.unwanted,
                        wishes.config,
                        wishes.data,
                        wishes.port));
    }

    /// Leaves out the flags that begin so, of those that the lab adds by itself.
    public Setup without(String beginning) {
        return with(
                new Wishes(
                        wishes.flags,
                        plus(wishes.unwanted, beginning),
                        wishes.config,
                        wishes.data,
                        wishes.port));
    }

    private static List<String> plus(List<String> list, String more) {
        return Stream.concat(list.stream(), Stream.of(more)).toList();
    }

    /// The configuration file of a Prometheus, whole.
    public Setup config(String yaml) {
        requirePrometheus("configuration file");
        return with(new Wishes(wishes.flags, wishes.unwanted, yaml, wishes.data, wishes.port));
    }

    /// Lets a Prometheus take samples that are older than its newest one, by as much as this. Takes
    /// the place of another [#config].
    public Setup outOfOrder(Duration window) {
        requirePrometheus("out-of-order window");
        return config(
                "global: {}\nstorage: {tsdb: {out_of_order_time_window: "
                        + window.toMillis()
                        + "ms}}\n");
    }

    /// Keeps the data in this folder, before and after; otherwise it goes when the server closes.
    public Setup data(Path folder) {
        return with(
                new Wishes(
                        wishes.flags,
                        wishes.unwanted,
                        wishes.config,
                        Optional.of(folder.toAbsolutePath()),
                        wishes.port));
    }

    /// Listens on this port instead of a free one.
    public Setup port(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": give 1 to 65535");
        }
        return with(
                new Wishes(
                        wishes.flags,
                        wishes.unwanted,
                        wishes.config,
                        wishes.data,
                        Optional.of(port)));
    }

    /// Starts the server and waits until it is ready. Fetches it first where it must and may.
    ///
    /// @throws Unavailable when this machine cannot have it
    /// @throws StartFailed when it is here but does not come up
    public Server start() {
        Program program = find();
        try {
            Path folder = Files.createTempDirectory("tsvault-lab-");
            try {
                Server server = startIn(folder, program);
                Usage.used(program);
                return server;
            } catch (IOException | RuntimeException e) {
                Cache.delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new StartFailed(name + " could not be started: " + Reason.of(e), e);
        }
    }

    private Server startIn(Path folder, Program program) throws IOException {
        Path data = wishes.data.orElse(folder.resolve("data"));
        Files.createDirectories(data);
        if (product == Product.PROMETHEUS) {
            Files.writeString(folder.resolve("prometheus.yml"), wishes.config);
        }
        return Server.start(new Launch(program, flags(program), folder, data), wishes.port);
    }

    /// A program that comes with the server, `promtool` or `vmctl` say, if it is there.
    ///
    /// @throws Unavailable when this machine cannot have the server
    public Optional<Path> tool(String tool) {
        return Optional.of(find().binary().resolveSibling(tool)).filter(Files::isExecutable);
    }

    private List<String> flags(Program program) {
        Stream<String> comforts =
                program.product().comforts(program.version()).stream()
                        .filter(flag -> wishes.unwanted.stream().noneMatch(flag::startsWith));
        return Stream.concat(comforts, wishes.flags.stream()).toList();
    }

    Program find() {
        try {
            if (!Listener.canTell()) {
                throw new Unavailable(
                        "the lab needs Linux: it reads /proc/net/tcp to know its servers' ports");
            }
            return finder.get();
        } catch (Unavailable e) {
            Usage.skipped(name, e);
            throw e;
        }
    }

    private void requirePrometheus(String what) {
        if (product != Product.PROMETHEUS) {
            throw new IllegalArgumentException(name + " has no " + what);
        }
    }
}
