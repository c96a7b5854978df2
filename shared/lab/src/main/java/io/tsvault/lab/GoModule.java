package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A Go program, built from its published module by the Go toolchain of this machine.
record GoModule(String path, String version) implements Origin {
    /// MinIO is large: two busy cores need more than the usual limit.
    private static final Duration MOST = Duration.ofMinutes(20);

    @Override
    public String describe() {
        return "the Go module " + path;
    }

    @Override
    public Optional<String> obstacle() {
        return Command.missing("go");
    }

    @Override
    public Path program(Path folder, Product product) {
        return folder.resolve(product.programs().getFirst());
    }

    @Override
    public String fetch(Path folder, Path scratch) throws IOException {
        Command.of("go", "install", "-p", "2", "-ldflags=-s", path + "@" + version)
                .with(
                        Map.of(
                                "GOBIN",
                                folder.toString(),
                                "GOFLAGS",
                                "-buildvcs=false -modcacherw",
                                "GOMODCACHE",
                                scratch.resolve("go-modules").toString(),
                                "GOCACHE",
                                scratch.resolve("go-build").toString(),
                                "GOTOOLCHAIN",
                                "local",
                                "CGO_ENABLED",
                                "0"))
                .within(MOST)
                .run(folder);
        return released();
    }

    /// What people call the version: `1.8.0`, or `2026.02.12` of a module that Go finds no releases
    /// of.
    String released() {
        return version.replaceFirst("^v0\\.0\\.0-(\\d{4})(\\d\\d)(\\d\\d)\\d{6}-.*", "$1.$2.$3")
                .replaceFirst("^v", "");
    }
}
