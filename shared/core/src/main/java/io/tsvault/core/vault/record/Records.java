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
        Json json = parsed(bytes, key);
        Entry entry = entry(json, key);
        if (!Arrays.equals(json.toBytes(), bytes)) {
            throw new DamagedVault(key, "it was changed: not in canonical form");
        }
        return entry;
    }

    /// @param key where the bytes would be
    static Entry readPacked(byte[] bytes, String key) {
        return entry(parsed(bytes, key), key);
    }

    private static Json parsed(byte[] bytes, String key) {
        try {
            return Json.parse(bytes, "it");
        } catch (MalformedJson e) {
            throw new DamagedVault(key, "not a record: " + e.getMessage());
        }
    }

    private static Entry entry(Json json, String key) {
        requireKnown(json, key);
        try {
            return Fields.read(json, Unknown.IGNORED, Records::entry);
        } catch (WrongShape e) {
            throw new DamagedVault(key, "not a record: " + e.getMessage());
        }
    }

    private static Entry entry(Fields fields) {
        fields.whole("format", Entry.FORMAT, Entry.FORMAT);
        return Entry.of(fields);
    }

    /// Before anything else: a later version may have changed everything else.
    private static void requireKnown(Json json, String key) {
        if (!(json instanceof Json.Members(var members))) {
            return;
        }
        if (members.get("format") instanceof Json.Whole(long format) && format != Entry.FORMAT) {
            throw UnsupportedVault.of(key, format, Entry.FORMAT);
        }
        if (members.get("kind") instanceof Json.Text(String kind) && !EventJson.isKnown(kind)) {
            throw new UnsupportedVault.TooNew(key, "is of the kind " + kind);
        }
    }
}
