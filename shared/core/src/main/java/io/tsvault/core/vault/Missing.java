package io.tsvault.core.vault;

import io.tsvault.core.store.StoredObject;
import io.tsvault.core.vault.VaultCheck.Problem;
import io.tsvault.core.vault.VaultCheck.Remedy;
import io.tsvault.core.vault.key.ObjectKey;
import io.tsvault.core.vault.record.ChunkRef;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The chunks that are not where records name them. Somebody may have renamed a file: keys carry
/// the SHA-256 of the bytes, so a list is enough to see where these are.
///
/// @param named by records
/// @param there what was listed
record Missing(Map<String, ChunkRef> named, List<StoredObject> there) {
    List<Problem> problems() {
        Set<String> listed = new HashSet<>();
        there.forEach(object -> listed.add(object.key()));
        List<Map.Entry<String, ChunkRef>> missing =
                named.entrySet().stream().filter(one -> !listed.contains(one.getKey())).toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        Map<String, StoredObject> byHash = byHash();
        return missing.stream().map(one -> problem(one.getKey(), one.getValue(), byHash)).toList();
    }

    /// Those of these objects that have not the bytes of a chunk that is missing: the others are no
    /// garbage.
    static List<StoredObject> unsought(List<StoredObject> objects, List<Problem> problems) {
        Set<String> sought = new HashSet<>();
        for (Problem problem : problems) {
            if (problem.remedy() == Remedy.RENAMED) {
                ObjectKey.promised(problem.key()).ifPresent(sought::add);
            }
        }
        return objects.stream()
                .filter(o -> ObjectKey.promised(o.key()).filter(sought::contains).isEmpty())
                .toList();
    }

    private Map<String, StoredObject> byHash() {
        Map<String, StoredObject> byHash = new HashMap<>();
        for (StoredObject object : there) {
            ObjectKey.promised(object.key()).ifPresent(sha256 -> byHash.put(sha256, object));
        }
        return byHash;
    }

    private static Problem problem(String key, ChunkRef chunk, Map<String, StoredObject> byHash) {
        return Optional.ofNullable(byHash.get(chunk.sha256()))
                .filter(object -> object.bytes() == chunk.summary().bytes())
                .map(
                        object ->
                                new Problem(
                                        key,
                                        VaultCheck.MISSING + "; its bytes are at " + object.key(),
                                        Remedy.RENAMED))
                .orElseGet(() -> new Problem(key, VaultCheck.MISSING));
    }
}
