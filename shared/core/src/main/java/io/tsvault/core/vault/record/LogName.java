package io.tsvault.core.vault.record;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names a log.
///
/// @param path the folder of what the log tells about: `streams/prod`, `config/sources/a`
public record LogName(String path) {
    /// What can be configured.
    public static final List<String> KINDS = List.of("sources", "targets", "streams");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Set<String> FOLDERS =
            Set.of(
                    "streams/",
                    "restores/",
                    "config/sources/",
                    "config/targets/",
                    "config/streams/");

    /// Checks the path.
    public LogName {
        int name = path.lastIndexOf('/') + 1;
        if (!FOLDERS.contains(path.substring(0, name))) {
            throw new IllegalArgumentException("\"" + path + "\" names no log");
        }
        requireName(path.substring(name));
    }

    /// The log whose path this is; empty if none is.
    public static Optional<LogName> parse(String path) {
        int name = path.lastIndexOf('/') + 1;
        boolean isLog = FOLDERS.contains(path.substring(0, name)) && isName(path.substring(name));
        return isLog ? Optional.of(new LogName(path)) : Optional.empty();
    }

    /// The log of a stream.
    public static LogName ofStream(String stream) {
        return new LogName("streams/" + requireName(stream));
    }

    /// The log of something that is configured.
    ///
    /// @param kind `sources`, `targets` or `streams`
    public static LogName ofConfig(String kind, String id) {
        return new LogName("config/" + kind + "/" + requireName(id));
    }

    /// The log of a restore.
    public static LogName ofRestore(String job) {
        return new LogName("restores/" + requireName(job));
    }

    /// The last part of the path.
    public String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// Is it about a stream, and not about what is configured?
    public boolean isOfStream() {
        return path.startsWith("streams/");
    }

    /// Is it about a restore?
    public boolean isOfRestore() {
        return path.startsWith("restores/");
    }

    /// Can something be called so? What is not was not made by tsvault.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" cannot be a name: up to 63 of a-z 0-9 _ -, the first no sign"
                            .formatted(name));
        }
        return name;
    }

    @Override
    public String toString() {
        return path;
    }
}
