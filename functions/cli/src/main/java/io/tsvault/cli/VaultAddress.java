package io.tsvault.cli;

import io.tsvault.aws.S3Config;
import io.tsvault.aws.S3Store;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.ObjectStore;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where a vault is: a folder, or `s3://bucket/prefix`.
record VaultAddress(String text) {
    static final String VARIABLE = "TSVAULT_VAULT";

    private static final String HERE = "vault";
    private static final String S3 = "s3://";

    /// The vault that is named, else that of the environment, else the one in this folder.
    static VaultAddress of(@Nullable String named, Map<String, String> environment) {
        if (named != null) {
            return new VaultAddress(named);
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            return new VaultAddress(variable);
        }
        if (Files.exists(Path.of(HERE, "vault.json"))) {
            return new VaultAddress(HERE);
        }
        throw new IllegalArgumentException(
                "which vault? Name a folder or s3://bucket/prefix by --vault or " + VARIABLE);
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
