package io.tsvault.lab;

import java.util.List;
import java.util.Locale;

/// One generation of one server: what a test asks for. `prometheus:3.5` is met by any 3.5.x.
record Edition(Product product, String version, Origin origin) {
    /// All that the lab can fetch, oldest first. Debian's suites hold one Prometheus generation
    /// each.
    static final List<Edition> ALL =
            List.of(
                    prometheus("2.42", new Debian("bookworm", "prometheus")),
                    prometheus("2.53", new Debian("trixie", "prometheus", "promtool")),
                    prometheus("3.5", new Debian("forky", "prometheus", "promtool")),
                    victoriaMetrics("1.79", new Debian("bookworm", "victoria-metrics")),
                    victoriaMetrics("1.112", new Debian("trixie", "victoria-metrics")),
                    victoriaMetrics("1.145", new Debian("forky", "victoria-metrics")),
                    new Edition(
                            Product.PUSHGATEWAY,
                            "1.11",
                            new Debian("trixie", "prometheus-pushgateway")),
                    new Edition(
                            Product.VERSITYGW,
                            "1.8",
                            new GoModule("github.com/versity/versitygw/cmd/versitygw", "v1.8.0")),
                    new Edition(
                            Product.MINIO,
                            "2026.02",
                            new GoModule(
                                    "github.com/minio/minio",
                                    "v0.0.0-20260212201848-7aac2a2c5b7c")),
                    new Edition(
                            Product.MOTO, "5.2", new PythonPackage("moto", "[server]", "5.2.5")));

    private static Edition prometheus(String version, Debian origin) {
        return new Edition(Product.PROMETHEUS, version, origin);
    }

    private static Edition victoriaMetrics(String version, Debian origin) {
        return new Edition(Product.VICTORIA_METRICS, version, origin);
    }

    static Edition newest(Product product) {
        return of(product).getLast();
    }

    static List<Edition> of(Product product) {
        return ALL.stream().filter(edition -> edition.product == product).toList();
    }

    /// @throws IllegalArgumentException naming the versions that there are
    static Edition of(Product product, String version) {
        return of(product).stream()
                .filter(edition -> edition.version.equals(version))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "%s %s is in no source that the lab knows; it can fetch %s. %s"
                                                .formatted(
                                                        product.label(),
                                                        version,
                                                        of(product).stream()
                                                                .map(Edition::version)
                                                                .toList(),
                                                        Finder.OWN_BINARY)));
    }

    /// Is a program of this version one of this generation?
    boolean isMetBy(String programVersion) {
        return programVersion.equals(version) || programVersion.startsWith(version + ".");
    }

    /// The name on the command line: `prometheus:3.5`.
    String name() {
        return product.label() + ":" + version;
    }

    /// The variable that may hold the path of its program.
    String variable() {
        return ("TSVAULT_LAB_" + name()).replaceAll("\\W", "_").toUpperCase(Locale.ROOT);
    }
}
