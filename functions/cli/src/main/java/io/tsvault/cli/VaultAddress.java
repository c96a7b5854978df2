package io.tsvault.cli;

import io.tsvault.aws.S3Config;
import io.tsvault.aws.S3Store;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.key.ObjectKey.Mark;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a vault is: a folder, or `s3://bucket/prefix`.
record VaultAddress(String text) {
    static final String VARIABLE = "TSVAULT_VAULT";

    private static final String HERE = "vault";
    private static final String S3 = "s3://";

    /// What a URL begins with; a folder that is called so is named with `./` before it.
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");

    VaultAddress {
        if (text.isBlank() || (!text.startsWith(S3) && SCHEME.matcher(text).lookingAt())) {
            throw new IllegalArgumentException(
                    "no vault can be at \"%s\": name a folder or s3://bucket/prefix"
                            .formatted(text));
        }
    }

    /// The vault that is named, else that of the environment, else the one in this folder.
    static VaultAddress of(@Nullable String named, Map<String, String> environment) {
        if (named != null) {
            return new VaultAddress(named);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            return new VaultAddress(variable);
        }
        if (Files.exists(Path.of(HERE, Mark.VAULT.text()))) {
            return new VaultAddress(HERE);
        }
        throw new IllegalArgumentException(
                "which vault? Name a folder or s3://bucket/prefix by --vault or " + VARIABLE);
    }

    /// The vault that this file lies in, if it lies in one.
    static Optional<VaultAddress> around(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.exists(folder.resolve(Mark.VAULT.text()))) {
            folder = folder.getParent();
        }
        return Optional.ofNullable(folder).map(Path::toString).map(VaultAddress::new);
    }

    /// The key of an object of this vault whose whole address this is, as a shell completes it.
    Optional<String> key(String place) {
        if (isS3()) {
            String start = text.endsWith("/") ? text : text + "/";
            return place.startsWith(start)
                    ? Optional.of(place.substring(start.length()))
                    : Optional.empty();
        }
        Path root = Path.of(text).toAbsolutePath().normalize();
        Path path = Path.of(place).toAbsolutePath().normalize();
        return path.startsWith(root) && Files.exists(path)
                ? Optional.of(root.relativize(path).toString().replace(File.separatorChar, '/'))
                : Optional.empty();
    }

    /// What is there.
    ObjectStore open() {
        return isS3() ? bucket() : DirectoryStore.open(Path.of(text));
    }

    /// What is there, if anything is; a bucket always is.
    Optional<ObjectStore> found() {
        return isS3() || Files.isDirectory(Path.of(text)) ? Optional.of(open()) : Optional.empty();
    }

    /// What is there, or a new folder.
    ObjectStore make() {
        return isS3() ? bucket() : DirectoryStore.make(Path.of(text));
    }

    boolean isS3() {
        return text.startsWith(S3);
    }

    /// A bucket is never made.
    S3Store bucket() {
        return S3Store.open(S3Config.parse(text, System.getenv()));
    }
}
