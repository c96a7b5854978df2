package io.tsvault.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Packages of one Debian suite, whatever suite the machine itself runs. apt works on a private
/// configuration inside the cache: it verifies signatures as always, needs no root, and neither the
/// machine's package lists nor its libraries are touched. Packages are unpacked, not installed, so
/// no script of theirs runs.
record Debian(String suite, List<String> packages) implements Origin {
    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    /// Package lists older than this are read again.
    private static final Duration LISTS_STAY_FRESH = Duration.ofDays(1);

    Debian(String suite, String... packages) {
        this(suite, List.of(packages));
    }

    @Override
    public String describe() {
        return "Debian " + suite;
    }

    @Override
    public Optional<String> obstacle() {
        return Command.missing("apt-get", "dpkg-deb");
    }

    @Override
    public Path program(Path folder, Product product) {
        return folder.resolve("usr/bin").resolve(product.programs().getFirst());
    }

    @Override
    public String fetch(Path folder, Path scratch) throws IOException {
        if (!Files.isReadable(KEYRING)) {
            throw new IOException("this machine has no Debian keyring (" + KEYRING + ")");
        }
        Path state = scratch.resolve(suite);
        boolean areFresh = refreshLists(state);
        Path packed = Files.createDirectory(folder.resolve("packed"));
        String version = "";
        for (String name : packages) {
            download(name, state, packed, areFresh);
            Path deb = onlyNewFile(packed);
            Command.of("dpkg-deb", "-x", deb.toString(), folder.toString()).run(folder);
            if (name.equals(packages.getFirst())) {
                version = Command.of("dpkg-deb", "-f", deb.toString(), "Version").run(folder);
            }
            Files.delete(deb);
        }
        Files.delete(packed);
        return version.strip();
    }

    /// A package may have been replaced since the lists were read: then they are read again.
    private void download(String name, Path state, Path packed, boolean areFresh)
            throws IOException {
        try {
            apt(state, packed, "download", name);
        } catch (IOException e) {
            if (areFresh) {
                throw e;
            }
            Files.delete(state.resolve("refreshed"));
            refreshLists(state);
            apt(state, packed, "download", name);
        }
    }

    /// @return whether they were read just now
    private boolean refreshLists(Path state) throws IOException {
        String mirror = mirror();
        Path stamp = state.resolve("refreshed"); // holds the mirror that they came from
        FileTime fresh = FileTime.from(Instant.now().minus(LISTS_STAY_FRESH));
        if (Files.exists(stamp)
                && Files.getLastModifiedTime(stamp).compareTo(fresh) > 0
                && Files.readString(stamp).equals(mirror)) {
            return false;
        }
        for (String folder : List.of("sources", "state/lists/partial", "cache/archives/partial")) {
            Files.createDirectories(state.resolve(folder));
        }
        String source =
                """
                Types: deb
                URIs: %s
                Suites: %s
                Components: main
                Targets: Packages
                Signed-By: %s
                """
                        .formatted(mirror, suite, KEYRING);
        Files.writeString(state.resolve("sources/lab.sources"), source);
        apt(state, state, "update");
        Files.writeString(stamp, mirror);
        return true;
    }

    /// The mirror that this machine uses for its own packages.
    private static String mirror() throws IOException {
        String named = System.getenv().getOrDefault("TSVAULT_LAB_MIRROR", "");
        if (!named.isEmpty()) {
            return named;
        }
        return Command.of("apt-get", "indextargets", "--format", "$(REPO_URI)")
                .run(Path.of("/"))
                .lines()
                .filter(uri -> uri.matches(".*/debian/*"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "no Debian mirror is configured here; name one in"
                                                + " TSVAULT_LAB_MIRROR"));
    }

    private static void apt(Path state, Path folder, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
        for (String option :
                List.of(
                        "Dir::Etc::sourcelist=/dev/null",
                        "Dir::Etc::sourceparts=" + state.resolve("sources"),
                        "Dir::State=" + state.resolve("state"),
                        "Dir::State::status=/var/lib/dpkg/status",
                        "Dir::Cache=" + state.resolve("cache"),
                        "APT::Sandbox::User=root",
                        "APT::Update::Error-Mode=any",
                        "Acquire::Languages=none",
                        "Acquire::AllowInsecureRepositories=false",
                        "Acquire::Retries=2")) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(List.of(words));
        Command.of(command.toArray(String[]::new)).run(folder);
    }

    private static Path onlyNewFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst()
                    .orElseThrow(() -> new IOException("apt-get downloaded no file"));
        }
    }
}
