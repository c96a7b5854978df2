package io.tsvault.core.vault.record;

import io.tsvault.core.failure.DamagedVault;
import io.tsvault.core.json.Fields;
import io.tsvault.core.json.Fields.Unknown;
import io.tsvault.core.json.Json;
import io.tsvault.core.json.MalformedJson;
import io.tsvault.core.json.WrongShape;

import java.util.Arrays;

/// Turns records into bytes and back: see the description of the package.
final class Records {
    private Records() {}

    static byte[] write(Entry entry) {
        byte[] bytes = entry.toJson().toBytes();
        if (bytes.length > Entry.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a record of %,d bytes: at most %,d can be written"
                            .formatted(bytes.length, Entry.MOST_BYTES));
        }
        return bytes;
    }

    /// @param key where the bytes were
    static Entry read(byte[] bytes, String key) {
        try {
            Json json = Json.parse(bytes, "it");
            requireKnown(json, key);
            if (!Arrays.equals(json.toBytes(), bytes)) {
                throw new DamagedVault(key, "it was changed: not in canonical form");
            }
            return Fields.read(json, Unknown.IGNORED, Entry::of);
        } catch (MalformedJson e) {
            throw new DamagedVault(key, "not a record: " + e.getMessage());
        } catch (WrongShape e) {
            throw new DamagedVault(key, "not a record: " + e.getMessage());
        }
    }

    /// Before anything else: a later version may have changed everything else.
    private static void requireKnown(Json json, String key) {
        long format = Fields.read(json, Unknown.IGNORED, f -> f.whole("format"));
        if (format != Entry.FORMAT) {
            throw UnsupportedVault.of(key, format, Entry.FORMAT);
        }
        String kind = Fields.read(json, Unknown.IGNORED, f -> f.text("kind"));
        if (!EventJson.isKnown(kind)) {
            throw new UnsupportedVault.TooNew(key, "is of the kind " + kind);
        }
    }
}
