package io.tsvault.core.vault;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;
import io.tsvault.core.vault.key.ObjectKey.Mark;
import io.tsvault.core.vault.record.UnsupportedVault;

/// What `vault.json` says, and the marks of a copy too: which vault this is.
///
/// @param id 32 hexadecimal digits
record Description(String id) {
    /// Such a file is no longer.
    static final int MOST_BYTES = 1 << 16;

    private static final int FORMAT = 1;

    /// @param surroundings of who writes it
    byte[] toBytes(Surroundings surroundings) {
        return json(surroundings).toBytes();
    }

    /// Like no other, though it says the same: who wrote it can tell that it did.
    byte[] toUniqueBytes(Surroundings surroundings) {
        return json(surroundings).with("attempt", surroundings.newId()).toBytes();
    }

    /// With how far each log has come.
    byte[] toBytes(Surroundings surroundings, Heads heads) {
        return json(surroundings).with("heads", heads.json()).toBytes();
    }

    private Json.Members json(Surroundings surroundings) {
        return Json.object()
                .with("format", FORMAT)
                .with("vault", id)
                .with("createdMs", surroundings.clock().millis())
                .with("writer", surroundings.writer());
    }

    /// Is this how that vault describes itself? What was made anew says it in other bytes.
    static boolean isOf(String id, byte[] bytes) {
        try {
            return read(bytes).id().equals(id);
        } catch (DamagedVault e) {
            return false;
        }
    }

    /// @throws DamagedVault when it says nothing of the kind
    static Description read(byte[] bytes) {
        return read(bytes, Mark.VAULT.text());
    }

    /// @param key of the object that these bytes are
    /// @throws DamagedVault when it does not describe this vault
    static void require(String id, byte[] bytes, String key) {
        String told = read(bytes, key).id();
        if (!told.equals(id)) {
            throw new DamagedVault(
                    key, "it is of the vault %s, and this is %s".formatted(told, id));
        }
    }

    private static Description read(byte[] bytes, String key) {
        try {
            Json json = Json.parse(bytes, "it");
            long format = Fields.read(json, Unknown.IGNORED, f -> f.whole("format"));
            if (format != FORMAT) {
                throw UnsupportedVault.of(key, format, FORMAT);
            }
            return Fields.read(json, Unknown.IGNORED, f -> new Description(f.text("vault")));
        } catch (MalformedJson | WrongShape e) {
            throw new DamagedVault(key, "it does not describe a vault: " + e.getMessage());
        }
    }
}
