package io.tsvault.cli;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.vault.record.UnsupportedVault;

import java.util.Optional;

/// Looks at `vault.json` and its like.
final class DescriptionInspection {
    private static final int FORMAT = 1;

    /// What the file says.
    private record Description(long format, String vault, long createdMs, String writer) {
        static Description of(Fields fields) {
            return new Description(
                    fields.whole("format"),
                    fields.text("vault"),
                    fields.whole("createdMs"),
                    fields.text("writer"));
        }
    }

    private DescriptionInspection() {}

    static Inspection of(VaultObject object, byte[] bytes) {
        Description read = read(object.key(), bytes);
        String created = Times.text(read.createdMs());
        Optional<String> foreign =
                Optional.of("it is of another vault: %s".formatted(read.vault()))
                        .filter(_ -> !read.vault().equals(object.vault().id()));
        return Inspection.of(object.key(), bytes)
                .line("tells", meaning(object.key()))
                .line("vault", read.vault())
                .line("written", "%s by %s".formatted(created, read.writer()))
                .member("content", Json.parse(bytes, object.key()))
                .member("written", Json.of(created))
                .wrong(foreign);
    }

    private static Description read(String key, byte[] bytes) {
        try {
            Json json = Json.parse(bytes, "it");
            long format = Fields.read(json, Unknown.IGNORED, f -> f.whole("format"));
            if (format != FORMAT) {
                throw UnsupportedVault.of(key, format, FORMAT);
            }
            return Fields.read(json, Unknown.IGNORED, Description::of);
        } catch (MalformedJson | WrongShape e) {
            throw new DamagedVault(key, "it does not describe a vault: " + e.getMessage());
        }
    }

    private static String meaning(String key) {
        return switch (key) {
            case "replica.json" -> "this is a copy, which no backup writes to";
            case "promoted.json" -> "this was a copy, and is the vault that counts now";
            case "vault.json" -> "this is a vault";
            default -> "how far this copy was when it was finished";
        };
    }
}
