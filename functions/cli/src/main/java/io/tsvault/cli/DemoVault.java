package io.tsvault.cli;

import io.tsvault.aws.S3Config;
import io.tsvault.aws.S3Store;
import io.tsvault.core.store.DirectoryStore;
import io.tsvault.core.store.ObjectStore;
import io.tsvault.core.vault.Vault;
import io.tsvault.lab.Lab;
import io.tsvault.lab.Server;

import java.nio.file.Path;
import java.util.Map;

/// Where the demo keeps its backup: in a folder, or in a bucket of a real S3 server.
record DemoVault(Vault vault, String place, Runnable end) implements AutoCloseable {
    static DemoVault in(Path folder) {
        return of(DirectoryStore.make(folder), "folder " + folder, () -> {});
    }

    static DemoVault onS3() {
        Server server = Lab.s3().start();
        try {
            S3Config config = S3Config.parse("s3://demo/vault?endpoint=" + server.uri(), Map.of());
            S3Store store = S3Store.inNewBucket(config, Server.S3_ACCESS_KEY, Server.S3_SECRET_KEY);
            return of(
                    store,
                    "%s of %s".formatted(config.location(), server),
                    () -> {
                        store.close();
                        server.close();
                    });
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private static DemoVault of(ObjectStore store, String place, Runnable end) {
        return new DemoVault(Vault.init(store, VaultTask.surroundings()), place, end);
    }

    @Override
    public void close() {
        end.run();
    }
}
