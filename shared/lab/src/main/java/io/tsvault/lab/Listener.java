package io.tsvault.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Who listens on a port of this machine, read from Linux's `/proc`.
final class Listener {
    private static final Path PROC = Path.of("/proc");

    private Listener() {}

    /// A port that nobody listens on at this moment.
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
            return socket.getLocalPort();
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /// What keeps us from listening there, if anything does.
    static Optional<String> obstacle(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return Optional.empty();
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            return Optional.of(reason.contains("in use") ? "is taken" : "is not ours: " + reason);
        }
    }

    /// Can it be told here who listens on a port?
    static boolean canTell() {
        return Files.isReadable(PROC.resolve("net/tcp"));
    }

    /// Does this process itself hold a socket that listens on the port?
    static boolean isHeldBy(long pid, int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            if (Files.exists(PROC.resolve(table))) {
                Files.readAllLines(PROC.resolve(table)).stream()
                        .map(line -> line.strip().split("\\s+"))
                        .filter(row -> row.length > 9 && listensOn(row, port))
                        .forEach(row -> sockets.add("socket:[" + row[9] + "]"));
            }
        }
        try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
            return open.anyMatch(file -> sockets.contains(target(file)));
        } catch (NoSuchFileException | UncheckedIOException _) {
            return false; // the process has ended meanwhile
        }
    }

    /// A row of the table: number, local address:port in hex, remote, state (0A listens) ... inode.
    private static boolean listensOn(String[] row, int port) {
        return row[3].equals("0A")
                && row[1].endsWith(":" + String.format(Locale.ROOT, "%04X", port));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException _) {
            return ""; // closed between the listing and the look
        }
    }
}
