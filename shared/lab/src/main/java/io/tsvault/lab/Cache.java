package io.tsvault.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A folder with servers that were fetched once.
///
/// ```text
/// prometheus-3.5/ VERSION ...     whole, since it was moved here after VERSION was written
/// .scratch/                       package lists; may be deleted at any time
/// .tmp-.../                       a fetch that runs, or one that died: the next fetch removes it
/// .lock                           held while one process fetches
/// ```
final class Cache {
    /// Names the folder.
    static final String VARIABLE = "TSVAULT_LAB_CACHE";

    /// One fetch at a time in this JVM; the file lock keeps other processes out.
    private static final ReentrantLock FETCHING = new ReentrantLock();

    private final Path folder;
    private final Consumer<String> notices;

    Cache(Path folder, Consumer<String> notices) {
        this.folder = folder.toAbsolutePath();
        this.notices = notices;
    }

    /// Where the cache is unless somebody says otherwise.
    static Path usualFolder(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path home = Path.of(System.getProperty("user.home"));
        return (caches.isEmpty() ? home.resolve(".cache") : Path.of(caches)).resolve("tsvault/lab");
    }

    Path folder() {
        return folder;
    }

    /// The program, if it was fetched before.
    Optional<Program> find(Edition edition) {
        Path home = home(edition);
        Path binary = edition.origin().program(home, edition.product());
        Path version = home.resolve("VERSION");
        if (!Files.isReadable(version) || !Files.isExecutable(binary)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Program(edition.product(), Files.readString(version), binary, "cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The program, fetched if it is not here yet.
    ///
    /// @throws IOException saying what could not be had
    Program fetch(Edition edition) throws IOException {
        createWritableFolder();
        FETCHING.lock();
        try (FileChannel file = openLock();
                FileLock _ = waitFor(file)) {
            Optional<Program> here = find(edition);
            if (here.isPresent()) {
                return here.get();
            }
            removeLeftOvers();
            notices.accept(
                    "fetching %s from %s into %s"
                            .formatted(edition.name(), edition.origin().describe(), folder));
            fetchInto(Files.createTempDirectory(folder, ".tmp-"), edition);
            return find(edition)
                    .orElseThrow(() -> new IOException("the package holds no " + edition.name()));
        } finally {
            FETCHING.unlock();
        }
    }

    private void fetchInto(Path unfinished, Edition edition) throws IOException {
        try {
            Path scratch = Files.createDirectories(folder.resolve(".scratch"));
            String version = edition.origin().fetch(unfinished, scratch).split("[-+~]", 2)[0];
            if (!edition.isMetBy(version)) {
                throw new IOException("it now holds version " + version);
            }
            Files.writeString(unfinished.resolve("VERSION"), version);
            delete(home(edition));
            Files.move(unfinished, home(edition), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(unfinished);
        }
    }

    private Path home(Edition edition) {
        return folder.resolve(edition.name().replace(':', '-'));
    }

    private void createWritableFolder() throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(cannotWrite(), e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(cannotWrite());
        }
    }

    private String cannotWrite() {
        return "the cache folder " + folder + " cannot be written; name another one in " + VARIABLE;
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private FileLock waitFor(FileChannel file) throws IOException {
        FileLock now = file.tryLock();
        if (now != null) {
            return now;
        }
        notices.accept("another process fills " + folder + "; waiting for it");
        return file.lock();
    }

    private void removeLeftOvers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path left : List.copyOf(files.toList())) {
                if (left.getFileName().toString().startsWith(".tmp-")) {
                    delete(left);
                }
            }
        }
    }

    /// Removes a folder with all that is in it, if it is there.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
