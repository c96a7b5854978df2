package io.tsvault.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the program of an edition: the path that somebody named for it, then the folders of
/// `TSVAULT_LAB_PATH`, then PATH, then the cache; and fetches it if it may.
final class Finder {
    static final String OWN_BINARY =
            "To use a program of your own, name its folder in TSVAULT_LAB_PATH.";

    private static final String VERSION_UNKNOWN = "of unknown version";

    private static final Pattern VERSION = Pattern.compile("version[: v]+(\\d+(?:\\.\\d+)+)");

    private final Map<String, String> environment;
    private final Cache cache;

    /// Why a fetch failed: asked for again in the same JVM, it is not tried again.
    private final Map<Edition, String> failures = new ConcurrentHashMap<>();

    Finder(Map<String, String> environment, Cache cache) {
        this.environment = Map.copyOf(environment);
        this.cache = cache;
    }

    Cache cache() {
        return cache;
    }

    /// Is downloading forbidden?
    boolean isOffline() {
        return !List.of("", "0", "false")
                .contains(environment.getOrDefault("TSVAULT_LAB_OFFLINE", ""));
    }

    /// The program, from wherever it is to be had.
    ///
    /// @throws Unavailable saying why not, and what would help
    Program find(Edition edition) {
        Optional<Program> here = local(edition);
        if (here.isPresent()) {
            return here.get();
        }
        if (isOffline()) {
            throw new Unavailable(
                    "%s is not on this machine and TSVAULT_LAB_OFFLINE forbids to fetch it. %s"
                            .formatted(edition.name(), OWN_BINARY));
        }
        String failure = failures.get(edition);
        if (failure != null) {
            throw new Unavailable(failure);
        }
        try {
            return cache.fetch(edition);
        } catch (IOException e) {
            failure =
                    "%s cannot be had from %s: %s. %s"
                            .formatted(
                                    edition.name(),
                                    edition.origin().describe(),
                                    Reason.of(e),
                                    OWN_BINARY);
            failures.put(edition, failure);
            throw new Unavailable(failure, e);
        }
    }

    /// The program, if nothing needs to be fetched.
    Optional<Program> local(Edition edition) {
        String named = environment.getOrDefault(edition.variable(), "");
        if (!named.isEmpty()) {
            return Optional.of(named(edition, Path.of(named)));
        }
        return Stream.concat(
                        onPath("TSVAULT_LAB_PATH", edition.product()),
                        onPath("PATH", edition.product()))
                .filter(program -> edition.isMetBy(program.version()))
                .findFirst()
                .or(() -> cache.find(edition));
    }

    /// Programs of this product that are no edition of the catalogue: newer ones, say.
    List<Program> others(Product product) {
        List<Edition> known = Edition.of(product);
        return Stream.concat(onPath("TSVAULT_LAB_PATH", product), onPath("PATH", product))
                .filter(program -> known.stream().noneMatch(e -> e.isMetBy(program.version())))
                .toList();
    }

    /// A program at a path that somebody named.
    ///
    /// @throws Unavailable when there is nothing to run
    static Program at(Product product, Path binary) {
        if (!Files.isExecutable(binary) || Files.isDirectory(binary)) {
            throw new Unavailable(binary + " is not a program that can be run");
        }
        try {
            Path path = binary.toAbsolutePath();
            return new Program(product, versionOf(path), path, binary.toString());
        } catch (IOException e) {
            throw new Unavailable(binary + " does not run here: " + e.getMessage(), e);
        }
    }

    private static Program named(Edition edition, Path binary) {
        Program program = at(edition.product(), binary);
        if (VERSION_UNKNOWN.equals(program.version()) || edition.isMetBy(program.version())) {
            return program;
        }
        throw new Unavailable(
                "%s names %s, which says that it is version %s"
                        .formatted(edition.variable(), binary, program.version()));
    }

    private Stream<Program> onPath(String variable, Product product) {
        return Stream.of(environment.getOrDefault(variable, "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).toAbsolutePath())
                .flatMap(folder -> product.programs().stream().map(folder::resolve))
                .filter(binary -> Files.isExecutable(binary) && !Files.isDirectory(binary))
                .flatMap(binary -> ifItRuns(product, binary, variable));
    }

    private static Stream<Program> ifItRuns(Product product, Path binary, String variable) {
        try {
            return Stream.of(new Program(product, versionOf(binary), binary, variable));
        } catch (IOException _) {
            return Stream.empty(); // a stranger's program on PATH is no fault of ours
        }
    }

    /// What the program says of itself. Debian's VictoriaMetrics says nothing.
    private static String versionOf(Path binary) throws IOException {
        Matcher said =
                VERSION.matcher(
                        Command.of(binary.toString(), "--version")
                                .within(Duration.ofSeconds(5))
                                .run(Path.of("/")));
        return said.find() ? said.group(1) : VERSION_UNKNOWN;
    }
}
