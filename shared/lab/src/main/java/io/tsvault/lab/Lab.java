package io.tsvault.lab;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Starts real servers on this machine: without a container engine, without installing anything.
///
/// A server's program is looked for where somebody said it is, on PATH, and in a cache folder; what
/// is missing is fetched into the cache from Debian's packages or a language's own registry, with a
/// line on standard error that says what and where to. `TSVAULT_LAB_OFFLINE=1` forbids that.
///
/// ```java
/// try (Server server = Lab.prometheus("3.5").outOfOrder(Duration.ofDays(30)).start()) {
///     URI base = server.uri();
/// }
/// ```
public final class Lab {
    private static final PrintStream NOTICES = System.err;

    private static final Finder FINDER =
            new Finder(
                    System.getenv(),
                    new Cache(
                            Cache.usualFolder(System.getenv()),
                            line -> NOTICES.println("tsvault lab: " + line)));

    private Lab() {}

    /// The newest Prometheus that the lab knows.
    public static Setup prometheus() {
        return prometheus(Edition.newest(Product.PROMETHEUS).version());
    }

    /// A Prometheus of a generation (`3.5`) or at a path (`/opt/prometheus/prometheus`), with its
    /// remote write receiver and admin API on, nothing to scrape, and a retention of 50 years.
    public static Setup prometheus(String version) {
        return setup(Product.PROMETHEUS, version);
    }

    /// Every Prometheus generation, oldest first, and any other version found on this machine.
    public static List<Setup> everyPrometheus() {
        List<Setup> all = new ArrayList<>();
        Edition.of(Product.PROMETHEUS).forEach(edition -> all.add(prometheus(edition.version())));
        FINDER.others(Product.PROMETHEUS)
                .forEach(program -> all.add(prometheus(program.binary().toString())));
        return all;
    }

    /// The newest VictoriaMetrics that the lab knows.
    public static Setup victoriaMetrics() {
        return victoriaMetrics(Edition.newest(Product.VICTORIA_METRICS).version());
    }

    /// A VictoriaMetrics of a generation (`1.145`) or at a path, with a retention of 50 years.
    public static Setup victoriaMetrics(String version) {
        return setup(Product.VICTORIA_METRICS, version);
    }

    /// Every VictoriaMetrics generation, oldest first.
    public static List<Setup> everyVictoriaMetrics() {
        return Edition.of(Product.VICTORIA_METRICS).stream()
                .map(edition -> victoriaMetrics(edition.version()))
                .toList();
    }

    /// A Pushgateway.
    public static Setup pushgateway() {
        return setup(Product.PUSHGATEWAY, Edition.newest(Product.PUSHGATEWAY).version());
    }

    /// An S3 server that nobody here wrote: versitygw where there is a Go toolchain, else moto,
    /// which keeps its objects in memory only.
    public static Setup s3() {
        return new Setup("s3", Product.VERSITYGW, Lab::anyS3);
    }

    private static Program anyS3() {
        List<Edition> choices =
                List.of(Edition.newest(Product.VERSITYGW), Edition.newest(Product.MOTO));
        for (Edition edition : choices) {
            Optional<Program> here = FINDER.local(edition);
            if (here.isPresent()) {
                return here.get();
            }
        }
        List<String> reasons = new ArrayList<>();
        for (Edition edition : choices) {
            try {
                return FINDER.find(edition);
            } catch (Unavailable e) {
                reasons.add(e.reason());
            }
        }
        throw new Unavailable(String.join(" ", reasons));
    }

    /// A server by the name that the command line uses: `prometheus:3.5`, `victoria-metrics`, `s3`,
    /// `prometheus:/opt/prometheus/prometheus`.
    ///
    /// @throws IllegalArgumentException naming the servers that there are
    public static Setup named(String name) {
        if (name.equals("s3")) {
            return s3();
        }
        String[] parts = name.split(":", 2);
        for (Product product : Product.values()) {
            if (product.label().equals(parts[0])) {
                return setup(
                        product, parts.length == 2 ? parts[1] : Edition.newest(product).version());
            }
        }
        List<String> names = Edition.ALL.stream().map(Edition::name).toList();
        throw new IllegalArgumentException(
                "no server is called '" + name + "'; there are " + names);
    }

    private static Setup setup(Product product, String version) {
        String name = product.label() + ":" + version;
        if (version.contains("/")) {
            return new Setup(name, product, () -> Finder.at(product, Path.of(version)));
        }
        Edition edition = Edition.of(product, version);
        return new Setup(name, product, () -> FINDER.find(edition));
    }

    /// What the lab could start: name, and where from or why not.
    ///
    /// @param name what to ask for
    /// @param state `here`, or `fetchable` from where `detail` says, or `missing`
    public record Offer(String name, String state, String detail) {}

    /// All servers of the lab's catalogue and the others that this machine has.
    public static List<Offer> offers() {
        List<Offer> offers = new ArrayList<>();
        for (Edition edition : Edition.ALL) {
            offers.add(offer(edition));
        }
        for (Product product : List.of(Product.PROMETHEUS, Product.VICTORIA_METRICS)) {
            for (Program other : FINDER.others(product)) {
                String name = product.label() + ":" + other.binary();
                offers.add(new Offer(name, "here", other.toString()));
            }
        }
        return offers;
    }

    private static Offer offer(Edition edition) {
        try {
            Optional<Program> here = FINDER.local(edition);
            if (here.isPresent()) {
                return new Offer(edition.name(), "here", here.get().toString());
            }
        } catch (Unavailable e) {
            return new Offer(edition.name(), "missing", e.reason());
        }
        Optional<String> obstacle =
                FINDER.isOffline()
                        ? Optional.of("TSVAULT_LAB_OFFLINE forbids to fetch it")
                        : edition.origin().obstacle();
        return obstacle.map(reason -> new Offer(edition.name(), "missing", reason))
                .orElseGet(
                        () -> new Offer(edition.name(), "fetchable", edition.origin().describe()));
    }

    /// Makes sure that a server of the catalogue is on this machine.
    ///
    /// @return what it is and where it was found
    /// @throws Unavailable saying why it cannot be had
    public static String fetch(String name) {
        return named(name).find().toString();
    }

    /// The environment variables that the lab listens to.
    public static Set<String> variables() {
        Set<String> names = new TreeSet<>(Edition.ALL.stream().map(Edition::variable).toList());
        names.addAll(
                List.of(
                        Cache.VARIABLE,
                        "TSVAULT_LAB_MIRROR",
                        "TSVAULT_LAB_OFFLINE",
                        "TSVAULT_LAB_PATH"));
        return names;
    }

    /// The folder that fetched servers are kept in.
    public static Path cacheFolder() {
        return FINDER.cache().folder();
    }
}
